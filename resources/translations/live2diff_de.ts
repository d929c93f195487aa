<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Restyles a webcam live with a video diffusion model that looks only backwards, after “Live2Diff” (arXiv 2407.08701).</source>
        <translation>Zeichnet eine Webcam live in einem anderen Stil, mit einem Video-Diffusionsmodell, das nur zurückblickt, nach „Live2Diff“ (arXiv 2407.08701).</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Version {0} · MIT licence</source>
        <translation>Version {0} · MIT-Lizenz</translation>
    </message>
    <message>
        <source>It stands on these libraries:</source>
        <translation>Es baut auf diesen Bibliotheken auf:</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>The pictures are made when the stream stops</source>
        <translation>Die Bilder entstehen, wenn der Stream endet</translation>
    </message>
</context>
<context>
    <name>BlendRow</name>
    <message>
        <source>Blend with another style</source>
        <translation>Mit einem zweiten Stil mischen</translation>
    </message>
    <message>
        <source>Mixes a second style in. It does not change the delay.</source>
        <translation>Mischt einen zweiten Stil hinein. Die Verzögerung bleibt gleich.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>How much of the second style is seen: 0 none, 1 nothing else.</source>
        <translation>Wie viel vom zweiten Stil zu sehen ist: 0 nichts, 1 nur er.</translation>
    </message>
    <message>
        <source>No blend</source>
        <translation>Keine Mischung</translation>
    </message>
    <message>
        <source>Blend with {0}</source>
        <translation>Mischen mit {0}</translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Choose your camera</source>
        <translation>Wählen Sie Ihre Kamera</translation>
    </message>
    <message>
        <source>No camera: the demo</source>
        <translation>Keine Kamera: die Demo</translation>
    </message>
    <message>
        <source>Only you see this picture.</source>
        <translation>Nur Sie sehen dieses Bild.</translation>
    </message>
</context>
<context>
    <name>ControlsPane</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How far the picture leaves the camera's: 0.2 a touch, 1 full style. It does not change the delay.</source>
        <translation>Wie weit sich das Bild von der Kamera entfernt: 0,2 ein Hauch, 1 voller Stil. Die Verzögerung bleibt gleich.</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>How strictly shapes follow the camera. Less is freer. It does not change the delay.</source>
        <translation>Wie streng die Formen der Kamera folgen. Weniger ist freier. Die Verzögerung bleibt gleich.</translation>
    </message>
    <message>
        <source>Smoothness</source>
        <translation>Ruhe</translation>
    </message>
    <message>
        <source>How much of the noise stays from frame to frame: 1 calm, 0 lively. It does not change the delay.</source>
        <translation>Wie viel vom Rauschen von Bild zu Bild bleibt: 1 ruhig, 0 lebhaft. Die Verzögerung bleibt gleich.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps draw finer, and each adds about the model's time to a frame.</source>
        <translation>Mehr Schritte zeichnen feiner; jeder kostet pro Bild etwa noch einmal die Rechenzeit des Modells.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
</context>
<context>
    <name>FirstRunDialog</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>I understand</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>FitButton</name>
    <message>
        <source>Mirror, crop, rotate</source>
        <translation>Spiegeln, beschneiden, drehen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Crop to fill</source>
        <translation>Füllend beschneiden</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Aufrecht</translation>
    </message>
    <message>
        <source>Turn by {0}°</source>
        <translation>Um {0}° drehen</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Closing the window leaves the stream on, in the tray</source>
        <translation>Beim Schließen läuft der Stream im Infobereich weiter</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
</context>
<context>
    <name>LatencyGraph</name>
    <message>
        <source>Delay over the last ten seconds</source>
        <translation>Verzögerung der letzten zehn Sekunden</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, engine {2}, publish {3}</source>
        <translation>{0} ms: Aufnahme {1}, Modell {2}, Ausgabe {3}</translation>
    </message>
</context>
<context>
    <name>LatencyMeter</name>
    <message>
        <source>median · 95 %: {0} ms</source>
        <translation>Median · 95 %: {0} ms</translation>
    </message>
    <message>
        <source>{0} dropped</source>
        <translation>{0} verworfen</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · out {2}</source>
        <translation>Kamera {0} · Modell {1} · Ausgabe {2}</translation>
    </message>
    <message>
        <source>The delay is shown here while you are live.</source>
        <translation>Hier steht die Verzögerung, solange Sie live sind.</translation>
    </message>
    <message>
        <source>Copy {0} ms: delay your microphone by so much in OBS or Discord, and the lips match</source>
        <translation>{0} ms kopieren: Verzögern Sie Ihr Mikrofon in OBS oder Discord um so viel, dann passen die Lippen</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The report has versions, devices and the log; no pictures, no names.</source>
        <translation>Der Bericht enthält Versionen, Geräte und das Protokoll; keine Bilder, keine Namen.</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>LooksMenu</name>
    <message>
        <source>Looks</source>
        <translation>Looks</translation>
    </message>
    <message>
        <source>Looks (*{0})</source>
        <translation>Looks (*{0})</translation>
    </message>
    <message>
        <source>Save this look…</source>
        <translation>Diesen Look sichern…</translation>
    </message>
    <message>
        <source>Export this look…</source>
        <translation>Diesen Look exportieren…</translation>
    </message>
    <message>
        <source>Import a look…</source>
        <translation>Look importieren…</translation>
    </message>
    <message>
        <source>Forget a look</source>
        <translation>Look vergessen</translation>
    </message>
    <message>
        <source>Save this look</source>
        <translation>Diesen Look sichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Export this look</source>
        <translation>Diesen Look exportieren</translation>
    </message>
    <message>
        <source>Import a look</source>
        <translation>Look importieren</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Snapshot saved</source>
        <translation>Schnappschuss gesichert</translation>
    </message>
    <message>
        <source>Recording saved</source>
        <translation>Aufnahme gesichert</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>Erste Schritte…</translation>
    </message>
    <message>
        <source>The system webcam…</source>
        <translation>Die System-Webcam…</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>Protokoll…</translation>
    </message>
    <message>
        <source>Responsible use…</source>
        <translation>Verantwortung…</translation>
    </message>
    <message>
        <source>About…</source>
        <translation>Über…</translation>
    </message>
</context>
<context>
    <name>MarkRows</name>
    <message>
        <source>Top left</source>
        <translation>Oben links</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>Oben rechts</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>Unten links</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>Unten rechts</translation>
    </message>
    <message>
        <source>Corner of the AI mark</source>
        <translation>Ecke des KI-Zeichens</translation>
    </message>
    <message>
        <source>Show the mark</source>
        <translation>Zeichen zeigen</translation>
    </message>
    <message>
        <source>Turn it off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The law may ask you to say that a picture is made by AI: in the European Union, Article 50 of the AI Act. Without the mark, saying so is up to you.</source>
        <translation>Das Gesetz kann verlangen, dass Sie ein KI-Bild als solches kennzeichnen: in der Europäischen Union Artikel 50 der KI-Verordnung. Ohne das Zeichen müssen Sie selbst dafür sorgen.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Put this message away</source>
        <translation>Diese Meldung weglegen</translation>
    </message>
</context>
<context>
    <name>OnAirPage</name>
    <message>
        <source>A card with a few words</source>
        <translation>Eine Karte mit ein paar Worten</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>A still of the styled stream</source>
        <translation>Ein Standbild des Streams</translation>
    </message>
    <message>
        <source>Placeholder</source>
        <translation>Platzhalter</translation>
    </message>
    <message>
        <source>Words on the card</source>
        <translation>Worte auf der Karte</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>Bild wählen…</translation>
    </message>
    <message>
        <source>It goes out while nothing styled does. It is never made from the camera.</source>
        <translation>Er wird gesendet, solange nichts Gezeichnetes kommt. Er stammt nie aus der Kamera.</translation>
    </message>
    <message>
        <source>AI mark</source>
        <translation>KI-Zeichen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp)</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
</context>
<context>
    <name>OnAirPane</name>
    <message>
        <source>What goes on air</source>
        <translation>Was gesendet wird</translation>
    </message>
    <message>
        <source>Show the original</source>
        <translation>Original zeigen</translation>
    </message>
    <message>
        <source>Puts your untouched camera picture on air until this session ends.</source>
        <translation>Sendet Ihr unverändertes Kamerabild, bis diese Sitzung endet.</translation>
    </message>
    <message>
        <source>The system webcam…</source>
        <translation>Die System-Webcam…</translation>
    </message>
    <message>
        <source>How other programs find the camera</source>
        <translation>Wie andere Programme die Kamera finden</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Endet…</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Compare with the camera picture</source>
        <translation>Mit dem Kamerabild vergleichen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Panic: the placeholder is on air</source>
        <translation>Panik: Der Platzhalter ist auf Sendung</translation>
    </message>
    <message>
        <source>The untouched camera picture is on air</source>
        <translation>Das unveränderte Kamerabild ist auf Sendung</translation>
    </message>
    <message>
        <source>Other programs see the placeholder.</source>
        <translation>Andere Programme sehen den Platzhalter.</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Gathering the first frames</source>
        <translation>Die ersten Bilder werden gesammelt</translation>
    </message>
    <message>
        <source>Nobody is watching; the model rests.</source>
        <translation>Niemand sieht zu; das Modell ruht.</translation>
    </message>
    <message>
        <source>The placeholder is out meanwhile.</source>
        <translation>Solange ist der Platzhalter auf Sendung.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>ProgramsGuide</name>
    <message>
        <source>Settings → Video → Camera → “{0}”</source>
        <translation>Einstellungen → Video → Kamera → „{0}“</translation>
    </message>
    <message>
        <source>The gear in the call → Camera → “{0}”</source>
        <translation>Zahnrad im Anruf → Kamera → „{0}“</translation>
    </message>
    <message>
        <source>User settings → Voice &amp; video → Camera → “{0}”</source>
        <translation>Benutzereinstellungen → Sprache &amp; Video → Kamera → „{0}“</translation>
    </message>
    <message>
        <source>Sources → + → Video capture device → “{0}”</source>
        <translation>Quellen → + → Videoaufnahmegerät → „{0}“</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Wherever a camera can be chosen. Reopen the program if it is not listed.</source>
        <translation>Überall, wo man eine Kamera wählen kann. Fehlt sie, starten Sie das Programm neu.</translation>
    </message>
</context>
<context>
    <name>ProgramsPage</name>
    <message>
        <source>Choose “{0}” in your program</source>
        <translation>Wählen Sie „{0}“ in Ihrem Programm</translation>
    </message>
</context>
<context>
    <name>PromptRow</name>
    <message>
        <source>Describe the picture</source>
        <translation>Beschreiben Sie das Bild</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>What the picture should look like, in English. It does not change the delay.</source>
        <translation>Wie das Bild aussehen soll, auf Englisch. Die Verzögerung bleibt gleich.</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ResponsibleUse</name>
    <message>
        <source>Before you go live</source>
        <translation>Bevor Sie live gehen</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür es da ist</translation>
    </message>
    <message>
        <source>Drawing yourself in another style, live: for streams, calls, teaching, art, and for keeping your own face to yourself.</source>
        <translation>Um sich live in einem anderen Stil zu zeichnen: für Streams, Gespräche, Unterricht, Kunst, und um das eigene Gesicht für sich zu behalten.</translation>
    </message>
    <message>
        <source>What it is not for</source>
        <translation>Wofür nicht</translation>
    </message>
    <message>
        <source>Passing as somebody else, or making people believe that something happened which did not.</source>
        <translation>Um sich als jemand anderes auszugeben oder andere glauben zu lassen, etwas sei geschehen, das nicht geschehen ist.</translation>
    </message>
    <message>
        <source>Everybody in the picture</source>
        <translation>Alle im Bild</translation>
    </message>
    <message>
        <source>Ask those who can be seen before you put them on air or record them.</source>
        <translation>Fragen Sie alle, die zu sehen sind, bevor Sie sie senden oder aufnehmen.</translation>
    </message>
    <message>
        <source>It says what it is</source>
        <translation>Es sagt, was es ist</translation>
    </message>
    <message>
        <source>An “AI” mark stands in a corner of the picture. Recordings and snapshots carry in their data that they are AI-generated. Everything is computed on this computer; no picture leaves it but through the camera you choose.</source>
        <translation>In einer Ecke des Bildes steht ein „AI“-Zeichen. Aufnahmen und Schnappschüsse tragen in ihren Daten, dass sie KI-erzeugt sind. Alles wird auf diesem Computer berechnet; kein Bild verlässt ihn, außer durch die Kamera, die Sie wählen.</translation>
    </message>
</context>
<context>
    <name>ResponsibleUseDialog</name>
    <message>
        <source>Responsible use</source>
        <translation>Verantwortung</translation>
    </message>
</context>
<context>
    <name>SeedRow</name>
    <message>
        <source>Throw another seed</source>
        <translation>Anderen Startwert würfeln</translation>
    </message>
    <message>
        <source>Keep this seed at every start</source>
        <translation>Diesen Startwert bei jedem Start behalten</translation>
    </message>
    <message>
        <source>The noise the picture grows from. Another seed draws other details.</source>
        <translation>Das Rauschen, aus dem das Bild entsteht. Ein anderer Startwert zeichnet andere Einzelheiten.</translation>
    </message>
</context>
<context>
    <name>SettingSlider</name>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>On air</source>
        <translation>Auf Sendung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>See the camera picture while held</source>
        <translation>Gedrückt: das Kamerabild sehen</translation>
    </message>
    <message>
        <source>Choose one of the first nine styles</source>
        <translation>Einen der ersten neun Stile wählen</translation>
    </message>
    <message>
        <source>On the compare line: move it</source>
        <translation>Auf der Vergleichslinie: verschieben</translation>
    </message>
    <message>
        <source>On a style: make it a favourite</source>
        <translation>Auf einem Stil: zum Favoriten machen</translation>
    </message>
</context>
<context>
    <name>SourcePane</name>
    <message>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Where the picture comes from.</source>
        <translation>Woher das Bild kommt.</translation>
    </message>
    <message>
        <source>Camera format</source>
        <translation>Kameraformat</translation>
    </message>
    <message>
        <source>What the camera is asked for. A higher rate shortens the delay a little.</source>
        <translation>Worum die Kamera gebeten wird. Eine höhere Rate verkürzt die Verzögerung ein wenig.</translation>
    </message>
    <message>
        <source>Picture size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>The size the model works at. Smaller is quicker, larger shows more.</source>
        <translation>Die Größe, in der das Modell arbeitet. Kleiner ist schneller, größer zeigt mehr.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>Screen {0}</source>
        <translation>Bildschirm {0}</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0} (nicht verbunden)</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>Video wählen</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v);;All files (*)</source>
        <translation>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>Choose a style</source>
        <translation>Wählen Sie einen Stil</translation>
    </message>
    <message>
        <source>Measuring this computer…</source>
        <translation>Dieser Computer wird gemessen…</translation>
    </message>
    <message>
        <source>This computer does {0} frames/s at {1}.</source>
        <translation>Dieser Computer schafft {0} Bilder/s bei {1}.</translation>
    </message>
    <message>
        <source>{0} is chosen, which runs more smoothly.</source>
        <translation>Gewählt ist {0}, das läuft flüssiger.</translation>
    </message>
</context>
<context>
    <name>StylesPane</name>
    <message>
        <source>Styles</source>
        <translation>Stile</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the styles</source>
        <translation>Stile suchen</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>Nur Favoriten</translation>
    </message>
    <message>
        <source>Show the styles on my own picture</source>
        <translation>Die Stile an meinem eigenen Bild zeigen</translation>
    </message>
    <message>
        <source>No style matches.</source>
        <translation>Kein Stil passt.</translation>
    </message>
</context>
<context>
    <name>TakeButtons</name>
    <message>
        <source>Save a snapshot</source>
        <translation>Schnappschuss sichern</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>Panik</translation>
    </message>
    <message>
        <source>The placeholder goes out at once, until you release it.</source>
        <translation>Der Platzhalter geht sofort auf Sendung, bis Sie ihn freigeben.</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Endet…</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Panic</source>
        <translation>Panik</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Preview of the stream</source>
        <translation>Vorschau des Streams</translation>
    </message>
</context>
<context>
    <name>WebcamDialog</name>
    <message>
        <source>The system webcam</source>
        <translation>Die System-Webcam</translation>
    </message>
    <message>
        <source>Coming up</source>
        <translation>Kommt gleich</translation>
    </message>
    <message>
        <source>Ready for other programs</source>
        <translation>Bereit für andere Programme</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>Nicht verfügbar</translation>
    </message>
    <message>
        <source>Starting again</source>
        <translation>Startet neu</translation>
    </message>
    <message>
        <source>Another program is using “{0}”.</source>
        <translation>Ein anderes Programm benutzt „{0}“.</translation>
    </message>
    <message>
        <source>Choose “{0}” as your camera:</source>
        <translation>Wählen Sie „{0}“ als Kamera:</translation>
    </message>
</context>
<context>
    <name>_Lack</name>
    <message>
        <source>Copy the remedy</source>
        <translation>Abhilfe kopieren</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Go live or stop</source>
        <translation>Live gehen oder stoppen</translation>
    </message>
    <message>
        <source>Panic, or release</source>
        <translation>Panik, oder freigeben</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>Schnappschuss sichern</translation>
    </message>
    <message>
        <source>Record, or stop recording</source>
        <translation>Aufnehmen, oder Aufnahme beenden</translation>
    </message>
    <message>
        <source>Compare with the camera picture</source>
        <translation>Mit dem Kamerabild vergleichen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Hide or show the side</source>
        <translation>Seitenleiste zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Search the styles</source>
        <translation>Stile suchen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>catalogue</name>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Small and quick: runs on an ordinary laptop without a graphics card, with the styles it was trained for.</source>
        <translation>Klein und schnell: läuft auf einem gewöhnlichen Laptop ohne Grafikkarte, mit den Stilen, die es gelernt hat.</translation>
    </message>
    <message>
        <source>Live2Diff (Stable Diffusion 1.5)</source>
        <translation>Live2Diff (Stable Diffusion 1.5)</translation>
    </message>
    <message>
        <source>The published networks, for a computer with a strong graphics card: any look you can put into words, and styles of your own.</source>
        <translation>Die veröffentlichten Netze, für Computer mit starker Grafikkarte: jeder Stil, den Sie beschreiben können, und eigene Stile.</translation>
    </message>
    <message>
        <source>Comic</source>
        <translation>Comic</translation>
    </message>
    <message>
        <source>Bold outlines and flat, printed colours.</source>
        <translation>Kräftige Umrisse und flache Druckfarben.</translation>
    </message>
    <message>
        <source>Anime</source>
        <translation>Anime</translation>
    </message>
    <message>
        <source>Clean flat areas, thin dark lines, bright eyes.</source>
        <translation>Klare Flächen, dünne dunkle Linien, helle Augen.</translation>
    </message>
    <message>
        <source>Oil</source>
        <translation>Öl</translation>
    </message>
    <message>
        <source>Thick strokes of paint that follow the forms.</source>
        <translation>Dicke Pinselstriche, die den Formen folgen.</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tusche</translation>
    </message>
    <message>
        <source>Black ink and grey wash on paper.</source>
        <translation>Schwarze Tusche und graue Lavur auf Papier.</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>Aquarell</translation>
    </message>
    <message>
        <source>Soft washes of colour with gentle edges on paper.</source>
        <translation>Sanfte Farblasuren mit weichen Rändern auf Papier.</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>Bleistift</translation>
    </message>
    <message>
        <source>Graphite lines and shading.</source>
        <translation>Graphitlinien und Schattierung.</translation>
    </message>
    <message>
        <source>Poster</source>
        <translation>Plakat</translation>
    </message>
    <message>
        <source>A few bold colours in large shapes.</source>
        <translation>Wenige kräftige Farben in großen Flächen.</translation>
    </message>
    <message>
        <source>Neon</source>
        <translation>Neon</translation>
    </message>
    <message>
        <source>Glowing outlines in a deep blue night.</source>
        <translation>Leuchtende Umrisse in tiefblauer Nacht.</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>The base model and nothing else: the look is what you write.</source>
        <translation>Nur das Grundmodell: Es sieht aus, wie Sie es beschreiben.</translation>
    </message>
    <message>
        <source>3D cartoon</source>
        <translation>3D-Trickfilm</translation>
    </message>
    <message>
        <source>Rounded shapes and soft light, as in an animated feature film.</source>
        <translation>Runde Formen und weiches Licht wie in einem Trickfilm.</translation>
    </message>
    <message>
        <source>Felted</source>
        <translation>Filz</translation>
    </message>
    <message>
        <source>Everything made of felt and wool.</source>
        <translation>Alles aus Filz und Wolle.</translation>
    </message>
    <message>
        <source>Ink (MoXin)</source>
        <translation>Tusche (MoXin)</translation>
    </message>
    <message>
        <source>Chinese ink painting with empty space.</source>
        <translation>Chinesische Tuschmalerei mit leerem Raum.</translation>
    </message>
    <message>
        <source>Origami</source>
        <translation>Origami</translation>
    </message>
    <message>
        <source>Folded paper.</source>
        <translation>Gefaltetes Papier.</translation>
    </message>
    <message>
        <source>Pixel art</source>
        <translation>Pixelkunst</translation>
    </message>
    <message>
        <source>Large square pixels and few colours.</source>
        <translation>Große quadratische Pixel und wenige Farben.</translation>
    </message>
    <message>
        <source>ToonYou</source>
        <translation>ToonYou</translation>
    </message>
    <message>
        <source>Bright drawn cartoon.</source>
        <translation>Heller gezeichneter Trickfilm.</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>Demo verwenden</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>Eingebautes Modell verwenden</translation>
    </message>
    <message>
        <source>Choose automatically</source>
        <translation>Automatisch wählen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Other programs cannot see the picture yet: there is no system webcam.</source>
        <translation>Andere Programme sehen das Bild noch nicht: Es gibt keine System-Webcam.</translation>
    </message>
</context>
<context>
    <name>placeholders</name>
    <message>
        <source>Back in a moment</source>
        <translation>Gleich zurück</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>Wärmt auf</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>No picture is coming in.</source>
        <translation>Es kommt kein Bild an.</translation>
    </message>
    <message>
        <source>The picture cannot be handed on.</source>
        <translation>Das Bild kann nicht weitergegeben werden.</translation>
    </message>
    <message>
        <source>The model does not run.</source>
        <translation>Das Modell läuft nicht.</translation>
    </message>
    <message>
        <source>The chosen computing device does not work.</source>
        <translation>Das gewählte Rechengerät funktioniert nicht.</translation>
    </message>
    <message>
        <source>A download failed.</source>
        <translation>Ein Herunterladen ist gescheitert.</translation>
    </message>
    <message>
        <source>This setting does not work.</source>
        <translation>Diese Einstellung funktioniert nicht.</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>{0} → {1} frames/s</source>
        <translation>{0} → {1} Bilder/s</translation>
    </message>
    <message>
        <source>The camera gives {0} frames a second.</source>
        <translation>Die Kamera liefert {0} Bilder pro Sekunde.</translation>
    </message>
    <message>
        <source>The model takes {0} ms a frame</source>
        <translation>Das Modell braucht {0} ms pro Bild</translation>
    </message>
    <message>
        <source>{0} would take about {1} ms.</source>
        <translation>{0} bräuchte etwa {1} ms.</translation>
    </message>
    <message>
        <source>Gathering the first frames</source>
        <translation>Die ersten Bilder werden gesammelt</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird heruntergeladen</translation>
    </message>
    <message>
        <source>Camera is coming up</source>
        <translation>Kamera startet</translation>
    </message>
    <message>
        <source>No system webcam</source>
        <translation>Keine System-Webcam</translation>
    </message>
    <message>
        <source>Camera restarts</source>
        <translation>Kamera startet neu</translation>
    </message>
    <message>
        <source>Being watched</source>
        <translation>Wird angesehen</translation>
    </message>
    <message>
        <source>Nobody watching</source>
        <translation>Niemand sieht zu</translation>
    </message>
    <message>
        <source>Camera ready</source>
        <translation>Kamera bereit</translation>
    </message>
</context>
</TS>
