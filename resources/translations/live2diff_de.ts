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
        <source>Restyles a webcam live with a uni-directional video diffusion model, based on “Live2Diff” (arXiv 2407.08701).</source>
        <translation>Gestaltet das Bild einer Webcam live um, mit einem unidirektionalen Video-Diffusionsmodell nach „Live2Diff“ (arXiv 2407.08701).</translation>
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
        <source>Built with these libraries:</source>
        <translation>Verwendete Bibliotheken:</translation>
    </message>
    <message>
        <source>see its package</source>
        <translation>siehe Paket</translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message>
        <source>Let programs and paired devices control this window</source>
        <translation>Programme und gekoppelte Geräte dürfen dieses Fenster steuern</translation>
    </message>
    <message>
        <source>Answer in the local network, too, for a phone</source>
        <translation>Auch im lokalen Netz antworten, für ein Telefon</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Answers at {0}. In a terminal: python main.py remote status</source>
        <translation>Antwortet unter {0}. In einem Terminal: python main.py remote status</translation>
    </message>
    <message>
        <source>Off: nothing listens.</source>
        <translation>Aus: Nichts lauscht.</translation>
    </message>
</context>
<context>
    <name>BaseDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>BlendRow</name>
    <message>
        <source>Blend with another style</source>
        <translation>Mit einem zweiten Stil mischen</translation>
    </message>
    <message>
        <source>Mixes in a second style. Does not affect the delay.</source>
        <translation>Mischt einen zweiten Stil bei. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>How much of the second style shows: 0 is none of it, 1 is that style alone. Does not affect the delay.</source>
        <translation>Wie viel vom zweiten Stil zu sehen ist: 0 nichts davon, 1 nur dieser Stil. Wirkt sich nicht auf die Verzögerung aus.</translation>
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
    <name>BroadcastPage</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Kept in the system’s key store</source>
        <translation>Liegt im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Stream key</source>
        <translation>Streamschlüssel</translation>
    </message>
    <message>
        <source>The styled picture goes to this service at the webcam’s size and rate, with the sound of “{0}” where that is switched on. Outside the stream, in a panic and while you show the original, the placeholder is sent.</source>
        <translation>Das stilisierte Bild geht in Größe und Bildrate der Webcam an diesen Dienst, mit dem Ton von „{0}“, wo das eingeschaltet ist. Außerhalb des Streams, bei Panik und solange Sie das Original zeigen, wird der Platzhalter gesendet.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>End the broadcast</source>
        <translation>Übertragung beenden</translation>
    </message>
    <message>
        <source>Broadcast now</source>
        <translation>Jetzt übertragen</translation>
    </message>
    <message>
        <source>Not on air</source>
        <translation>Nicht auf Sendung</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindung wird aufgebaut</translation>
    </message>
    <message>
        <source>On air</source>
        <translation>Auf Sendung</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
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
        <source>No camera: use the demo</source>
        <translation>Keine Kamera: Demo verwenden</translation>
    </message>
    <message>
        <source>Only you can see this picture.</source>
        <translation>Dieses Bild sehen nur Sie.</translation>
    </message>
</context>
<context>
    <name>CameraQuestion</name>
    <message>
        <source>Turn on the camera</source>
        <translation>Kamera einschalten</translation>
    </message>
    <message>
        <source>May the program turn your camera on, to show you its picture here? The picture stays on this computer, and is neither saved nor sent. The camera is turned off again as soon as you go on.</source>
        <translation>Darf das Programm Ihre Kamera einschalten, um Ihnen hier ihr Bild zu zeigen? Das Bild bleibt auf diesem Computer und wird weder gespeichert noch gesendet. Sobald Sie weitergehen, wird die Kamera wieder ausgeschaltet.</translation>
    </message>
    <message>
        <source>macOS will ask you as well. Choose “Allow”.</source>
        <translation>macOS fragt Sie ebenfalls. Wählen Sie „Erlauben“.</translation>
    </message>
    <message>
        <source>You can go on without it: the camera is then turned on when you go live.</source>
        <translation>Sie können auch ohne weitergehen: Die Kamera wird dann erst eingeschaltet, wenn Sie live gehen.</translation>
    </message>
</context>
<context>
    <name>CaptureButtons</name>
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
        <source>Shows the placeholder at once, until you release it.</source>
        <translation>Zeigt sofort den Platzhalter, bis Sie ihn freigeben.</translation>
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
    <name>CharacterControls</name>
    <message>
        <source>Eye size</source>
        <translation>Augengröße</translation>
    </message>
    <message>
        <source>How large eyes are drawn: 1 is as wide as yours. Does not affect the delay.</source>
        <translation>Wie groß die Augen gezeichnet werden: 1 ist so breit wie Ihre eigenen. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Eye colour</source>
        <translation>Augenfarbe</translation>
    </message>
    <message>
        <source>The colour of the drawn eyes, or your own. Does not affect the delay.</source>
        <translation>Die Farbe der gezeichneten Augen, oder Ihre eigene. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Hair colour</source>
        <translation>Haarfarbe</translation>
    </message>
    <message>
        <source>The colour of the drawn hair, or your own. Does not affect the delay.</source>
        <translation>Die Farbe der gezeichneten Haare, oder Ihre eigene. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>Wangenröte</translation>
    </message>
    <message>
        <source>How rosy the cheeks are: 1 is the style&apos;s own. Does not affect the delay.</source>
        <translation>Wie rosig die Wangen sind: 1 ist wie im Stil vorgesehen. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Line weight</source>
        <translation>Linienstärke</translation>
    </message>
    <message>
        <source>How thick the lines of a face are: 1 is the style&apos;s own. Does not affect the delay.</source>
        <translation>Wie dick die Linien eines Gesichts sind: 1 ist wie im Stil vorgesehen. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
</context>
<context>
    <name>CheckFileDialog</name>
    <message>
        <source>Check a file</source>
        <translation>Datei prüfen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Checking {0}…</source>
        <translation>{0} wird geprüft …</translation>
    </message>
    <message>
        <source>Drop a picture or a video here. Its signed credentials are read, and {0}’s invisible mark is looked for. Nothing leaves this computer.</source>
        <translation>Ziehen Sie ein Bild oder Video hierher. Seine signierten Nachweise werden gelesen, und das unsichtbare Zeichen von {0} wird gesucht. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Pictures and videos (*.png *.jpg *.jpeg *.mp4 *.m4v *.mov *.mkv *.webm)</source>
        <translation>Bilder und Videos (*.png *.jpg *.jpeg *.mp4 *.m4v *.mov *.mkv *.webm)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>{0} could not be checked.</source>
        <translation>{0} konnte nicht geprüft werden.</translation>
    </message>
    <message>
        <source>{0} was made with AI by {1}.</source>
        <translation>{0} wurde mit KI von {1} gemacht.</translation>
    </message>
    <message>
        <source>Nothing in {0} says that {1} made it.</source>
        <translation>Nichts in {0} sagt, dass {1} es gemacht hat.</translation>
    </message>
    <message>
        <source>It may still be made with AI, by this program or another one.</source>
        <translation>Es kann trotzdem mit KI gemacht sein, von diesem oder einem anderen Programm.</translation>
    </message>
    <message>
        <source>Credentials: none. Most websites remove them.</source>
        <translation>Nachweise: keine. Die meisten Websites entfernen sie.</translation>
    </message>
    <message>
        <source>Credentials: not valid. The file was altered after it was signed.</source>
        <translation>Nachweise: ungültig. Die Datei wurde nach dem Signieren verändert.</translation>
    </message>
    <message>
        <source>Credentials: valid, signed by “{0}”; made by {1} {2}.</source>
        <translation>Nachweise: gültig, signiert von „{0}“; gemacht von {1} {2}.</translation>
    </message>
    <message>
        <source>No certificate that is trusted here vouches for the signer.</source>
        <translation>Kein Zertifikat, dem hier vertraut wird, bürgt für den Unterzeichner.</translation>
    </message>
    <message>
        <source>Invisible mark: not found.</source>
        <translation>Unsichtbares Zeichen: nicht gefunden.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>Invisible mark: found from second {0}, version {1}.</source>
        <translation>Unsichtbares Zeichen: gefunden ab Sekunde {0}, Version {1}.</translation>
    </message>
</context>
<context>
    <name>ColourRow</name>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Auburn</source>
        <translation>Kastanienrot</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Blond</source>
        <translation>Blond</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>As I am</source>
        <translation>Wie ich bin</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Andere …</translation>
    </message>
</context>
<context>
    <name>CompositionControls</name>
    <message>
        <source>Who is styled</source>
        <translation>Wer gestaltet wird</translation>
    </message>
    <message>
        <source>The rest is shown as the camera sees it, until you change it.</source>
        <translation>Der Rest wird gezeigt, wie die Kamera ihn sieht, bis Sie es ändern.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>Nur Sie</translation>
    </message>
    <message>
        <source>Only the room</source>
        <translation>Nur der Raum</translation>
    </message>
    <message>
        <source>Behind you</source>
        <translation>Hinter Ihnen</translation>
    </message>
    <message>
        <source>What is seen in place of your room. Not part of presets.</source>
        <translation>Was anstelle Ihres Raums zu sehen ist. Gehört nicht zu Voreinstellungen.</translation>
    </message>
    <message>
        <source>Your room</source>
        <translation>Ihr Raum</translation>
    </message>
    <message>
        <source>Your room, blurred</source>
        <translation>Ihr Raum, unscharf</translation>
    </message>
    <message>
        <source>A picture…</source>
        <translation>Ein Bild …</translation>
    </message>
    <message>
        <source>A colour…</source>
        <translation>Eine Farbe …</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild auswählen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>ComputerPicker</name>
    <message>
        <source>Compute on</source>
        <translation>Berechnen auf</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Another computer…</source>
        <translation>Anderer Computer…</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Verbindet …</translation>
    </message>
</context>
<context>
    <name>ControlsPane</name>
    <message>
        <source>Adjust</source>
        <translation>Anpassen</translation>
    </message>
    <message>
        <source>Random seed</source>
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
        <source>How strongly the picture is restyled: 0.2 is a hint, 1 is the full style. Does not affect the delay.</source>
        <translation>Wie stark das Bild umgestaltet wird: 0,2 ein Hauch, 1 der volle Stil. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>How closely shapes follow the camera picture; lower is freer. Does not affect the delay.</source>
        <translation>Wie genau die Formen dem Kamerabild folgen; niedriger ist freier. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>Rauschkonstanz</translation>
    </message>
    <message>
        <source>How much of the noise stays the same from frame to frame: 1 is calm, 0 is lively. Does not affect the delay.</source>
        <translation>Wie viel vom Rauschen von Bild zu Bild gleich bleibt: 1 ist ruhig, 0 lebhaft. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>Flimmerfilter</translation>
    </message>
    <message>
        <source>How strongly flicker is smoothed along the movement. Higher is calmer, but fast hands may smear. At 0 the delay is a few milliseconds shorter.</source>
        <translation>Wie stark Flimmern entlang der Bewegung geglättet wird. Höher ist ruhiger, aber schnelle Hände können verwischen. Bei 0 ist die Verzögerung einige Millisekunden kürzer.</translation>
    </message>
    <message>
        <source>More steps draw finer detail; each adds about one run of the model to the time per frame.</source>
        <translation>Mehr Schritte zeichnen feinere Details; jeder verlängert die Zeit je Bild um etwa einen Durchlauf des Modells.</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
</context>
<context>
    <name>CuesDialog</name>
    <message>
        <source>Cues</source>
        <translation>Cues</translation>
    </message>
    <message>
        <source>Cues ({0})</source>
        <translation>Cues ({0})</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Take over what is set</source>
        <translation>Jetzige Einstellung übernehmen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Go to this cue</source>
        <translation>Zu diesem Cue</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Settings of the picture in the order of a show, each with the time it takes to fade to. Keys, OSC, MIDI and the phone step through them.</source>
        <translation>Einstellungen des Bildes in der Reihenfolge einer Show, jede mit ihrer Überblendzeit. Tasten, OSC, MIDI und das Telefon schalten sie weiter.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>Überblenden</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>What is set now</source>
        <translation>Was jetzt eingestellt ist</translation>
    </message>
    <message>
        <source>Open cues</source>
        <translation>Cues öffnen</translation>
    </message>
    <message>
        <source>Save cues</source>
        <translation>Cues speichern</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
</context>
<context>
    <name>DriverOffer</name>
    <message>
        <source>Set up…</source>
        <translation>Einrichten…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>The camera driver v4l2loopback</source>
        <translation>Der Kameratreiber v4l2loopback</translation>
    </message>
    <message>
        <source>Working. Building the driver can take some minutes.</source>
        <translation>In Arbeit. Den Treiber zu bauen kann einige Minuten dauern.</translation>
    </message>
    <message>
        <source>Zoom, Discord and Chromium look for a camera device, and this driver makes one. Setting it up does this, and nothing else:</source>
        <translation>Zoom, Discord und Chromium suchen ein Kameragerät, und dieser Treiber stellt eines bereit. Das Einrichten tut Folgendes und sonst nichts:</translation>
    </message>
    <message>
        <source>It is set up. Removing it deletes {0} and {1}, and unloads the driver; the driver&apos;s package stays, because other programs may need it.</source>
        <translation>Er ist eingerichtet. Das Entfernen löscht {0} und {1} und entlädt den Treiber; das Paket des Treibers bleibt, weil andere Programme es brauchen könnten.</translation>
    </message>
    <message>
        <source>Copy the command into a terminal; it asks before it begins. The way back is the same command with “remove” at its end.</source>
        <translation>Kopieren Sie den Befehl in ein Terminal; er fragt, bevor er beginnt. Der Weg zurück ist derselbe Befehl mit „remove“ am Ende.</translation>
    </message>
    <message>
        <source>An administrator&apos;s password is asked for. The way back: “Remove…” under “System webcam…” in the menu takes it all away but the driver&apos;s package.</source>
        <translation>Dafür wird das Passwort eines Administrators verlangt. Der Weg zurück: „Entfernen…“ unter „System-Webcam…“ im Menü macht alles rückgängig; nur das Paket des Treibers bleibt.</translation>
    </message>
    <message>
        <source>run {0}</source>
        <translation>{0} ausführen</translation>
    </message>
    <message>
        <source>write {0}</source>
        <translation>{0} schreiben</translation>
    </message>
    <message>
        <source>load the driver {0}, now and whenever the computer starts</source>
        <translation>den Treiber {0} laden, jetzt und bei jedem Start des Computers</translation>
    </message>
    <message>
        <source>keep the driver&apos;s options of another program in {0}</source>
        <translation>die Treiberoptionen eines anderen Programms in {0} beibehalten</translation>
    </message>
    <message>
        <source>add a camera to the running driver, until the next restart</source>
        <translation>dem laufenden Treiber bis zum nächsten Neustart eine Kamera hinzufügen</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>“Untested”: written for such hardware, but not yet run on it.</source>
        <translation>„Ungetestet“: für solche Hardware geschrieben, aber noch nicht darauf ausgeführt.</translation>
    </message>
    <message>
        <source>How the model is computed. Which is fastest depends on the hardware; the pictures differ only by rounding.</source>
        <translation>Wie das Modell berechnet wird. Was am schnellsten ist, hängt von der Hardware ab; die Bilder unterscheiden sich nur durch Rundung.</translation>
    </message>
    <message>
        <source>The number format that the model computes in. Half precision takes half the memory and is faster on devices made for it.</source>
        <translation>Das Zahlenformat, in dem das Modell rechnet. Halbe Genauigkeit braucht halb so viel Speicher und ist auf dafür gebauten Geräten schneller.</translation>
    </message>
    <message>
        <source>How past frames are stored. 8 bits take half the memory; the picture differs slightly.</source>
        <translation>Wie vergangene Bilder gespeichert werden. 8 Bit brauchen halb so viel Speicher; das Bild weicht geringfügig ab.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Berechnen auf</translation>
    </message>
    <message>
        <source>{0} · untested</source>
        <translation>{0} · ungetestet</translation>
    </message>
    <message>
        <source>Same precision as the model</source>
        <translation>Genauigkeit wie das Modell</translation>
    </message>
    <message>
        <source>8 bits (float8)</source>
        <translation>8 Bit (float8)</translation>
    </message>
    <message>
        <source>8 bits (int8)</source>
        <translation>8 Bit (int8)</translation>
    </message>
    <message>
        <source>On this CPU it reaches about {0} frames/s.</source>
        <translation>Auf dieser CPU erreicht es etwa {0} Bilder/s.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Past frames</source>
        <translation>Frühere Bilder</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>{0} · {1} GB free</source>
        <translation>{0} · {1} GB frei</translation>
    </message>
    <message>
        <source>Half ({0})</source>
        <translation>Halbe ({0})</translation>
    </message>
    <message>
        <source>Full (float32)</source>
        <translation>Volle (float32)</translation>
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
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
</context>
<context>
    <name>FitButton</name>
    <message>
        <source>Mirror, auto framing, crop, rotate</source>
        <translation>Spiegeln, automatisch ausrichten, beschneiden, drehen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Auto framing</source>
        <translation>Automatischer Bildausschnitt</translation>
    </message>
    <message>
        <source>Follows whoever is in the picture, calmly. Adds a few milliseconds to the delay.</source>
        <translation>Folgt ruhig der Person im Bild. Verlängert die Verzögerung um wenige Millisekunden.</translation>
    </message>
    <message>
        <source>Crop to fill</source>
        <translation>Füllend beschneiden</translation>
    </message>
    <message>
        <source>Fit with borders</source>
        <translation>Einpassen mit Rändern</translation>
    </message>
    <message>
        <source>No rotation</source>
        <translation>Nicht drehen</translation>
    </message>
    <message>
        <source>Rotate by {0}°</source>
        <translation>Um {0}° drehen</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Same as the system</source>
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
        <source>Keep streaming in the tray when the window is closed</source>
        <translation>Nach dem Schließen des Fensters im Infobereich weiter senden</translation>
    </message>
    <message>
        <source>Tell me about new versions</source>
        <translation>Neue Versionen melden</translation>
    </message>
    <message>
        <source>At each start, asks the program&apos;s page over the network. Nothing is sent.</source>
        <translation>Fragt bei jedem Start über das Netz die Seite des Programms. Es wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>{0}  ·  Change…</source>
        <translation>{0}  ·  Ändern…</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Use keys that work in every program</source>
        <translation>Tasten benutzen, die in allen Programmen wirken</translation>
    </message>
    <message>
        <source>Under Wayland, the desktop asks you to allow them and may give other keys. Where it gives none, bind the command “python main.py remote panic” in its own settings.</source>
        <translation>Unter Wayland bittet die Oberfläche um Erlaubnis und gibt vielleicht andere Tasten. Wo sie keine gibt, legen Sie in ihren eigenen Einstellungen den Befehl „python main.py remote panic“ auf eine Taste.</translation>
    </message>
    <message>
        <source>No key for: {0}</source>
        <translation>Keine Taste für: {0}</translation>
    </message>
</context>
<context>
    <name>LatencyGraph</name>
    <message>
        <source>Delay over the last ten seconds</source>
        <translation>Verzögerung der letzten zehn Sekunden</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, network {2}, model {3}, output {4} · 95 %: {5} ms</source>
        <translation>{0} ms: Aufnahme {1}, Netz {2}, Modell {3}, Ausgabe {4} · 95 %: {5} ms</translation>
    </message>
    <message>
        <source>{0} ms: capture {1}, model {2}, output {3} · 95 %: {4} ms</source>
        <translation>{0} ms: Aufnahme {1}, Modell {2}, Ausgabe {3} · 95 %: {4} ms</translation>
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
        <source>capture {0} · network {1} · model {2} · output {3}</source>
        <translation>Aufnahme {0} · Netz {1} · Modell {2} · Ausgabe {3}</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · interpolation {2} · output {3}</source>
        <translation>Kamera {0} · Modell {1} · Zwischenbilder {2} · Ausgabe {3}</translation>
    </message>
    <message>
        <source>capture {0} · model {1} · output {2}</source>
        <translation>Kamera {0} · Modell {1} · Ausgabe {2}</translation>
    </message>
    <message>
        <source>Copy {0} ms: delay your microphone by this much in OBS or Discord, to keep sound and lips in sync</source>
        <translation>{0} ms kopieren: Verzögern Sie Ihr Mikrofon in OBS oder Discord um diesen Wert, damit Ton und Lippen synchron sind</translation>
    </message>
    <message>
        <source>The delay is shown here while you are live.</source>
        <translation>Hier steht die Verzögerung, solange Sie live sind.</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The report contains versions, devices and the log, but no pictures or names.</source>
        <translation>Der Bericht enthält Versionen, Geräte und das Protokoll, aber keine Bilder oder Namen.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>First steps…</source>
        <translation>Erste Schritte…</translation>
    </message>
    <message>
        <source>Saved {0} in {1}</source>
        <translation>{0} in {1} gespeichert</translation>
    </message>
    <message>
        <source>System webcam…</source>
        <translation>System-Webcam…</translation>
    </message>
    <message>
        <source>Streaming…</source>
        <translation>Streaming …</translation>
    </message>
    <message>
        <source>Remote control…</source>
        <translation>Fernsteuerung…</translation>
    </message>
    <message>
        <source>Cues…</source>
        <translation>Cues…</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>Protokoll…</translation>
    </message>
    <message>
        <source>Check a file…</source>
        <translation>Datei prüfen …</translation>
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
    <name>MessageBar</name>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>MicrophonePage</name>
    <message>
        <source>Offer “{0}” to other programs</source>
        <translation>„{0}“ anderen Programmen anbieten</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Correction by ear</source>
        <translation>Korrektur nach Gehör</translation>
    </message>
    <message>
        <source>Your voice, as late as the picture, so that it fits your lips. Choose it as the microphone in the other program. While the camera is off, nothing is heard.</source>
        <translation>Ihre Stimme, so spät wie das Bild, damit sie zu Ihren Lippen passt. Wählen Sie es im anderen Programm als Mikrofon. Solange die Kamera aus ist, ist nichts zu hören.</translation>
    </message>
    <message>
        <source>This system lets no program offer a microphone. Enter the delay elsewhere: in OBS under Advanced Audio Properties as the sync offset; for other programs in the mixer of a virtual cable.</source>
        <translation>Auf diesem System kann kein Programm ein Mikrofon anbieten. Tragen Sie die Verzögerung anderswo ein: in OBS unter „Erweiterte Audioeigenschaften“ als Sync-Versatz, für andere Programme im Mischer eines virtuellen Kabels.</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>Das übliche</translation>
    </message>
    <message>
        <source>Measured as soon as the stream is live</source>
        <translation>Wird gemessen, sobald der Stream läuft</translation>
    </message>
    <message>
        <source>{0} · on</source>
        <translation>{0} · an</translation>
    </message>
    <message>
        <source>{0} · off while the camera is off</source>
        <translation>{0} · aus, solange die Kamera aus ist</translation>
    </message>
</context>
<context>
    <name>MidiPage</name>
    <message>
        <source>Use a MIDI device</source>
        <translation>Ein MIDI-Gerät benutzen</translation>
    </message>
    <message>
        <source>MIDI device</source>
        <translation>MIDI-Gerät</translation>
    </message>
    <message>
        <source>What to bind</source>
        <translation>Was belegt wird</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Knobs and pads that are bound</source>
        <translation>Belegte Regler und Tasten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Now move a knob, or press a pad or a key.</source>
        <translation>Bewegen Sie jetzt einen Regler, oder drücken Sie ein Pad oder eine Taste.</translation>
    </message>
    <message>
        <source>Choose what to bind, then press “Learn” and move a knob.</source>
        <translation>Wählen Sie, was belegt werden soll, drücken Sie „Lernen“, und bewegen Sie einen Regler.</translation>
    </message>
    <message>
        <source>The first device there is</source>
        <translation>Das erste vorhandene Gerät</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0} (nicht angeschlossen)</translation>
    </message>
</context>
<context>
    <name>ModelDownloadDialog</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Download a model</source>
        <translation>Modell herunterladen</translation>
    </message>
    <message>
        <source>More than {0} GB will be downloaded from the authors&apos; servers.</source>
        <translation>Mehr als {0} GB werden von den Servern der Urheber heruntergeladen.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Contacting the servers…</source>
        <translation>Verbindung zu den Servern…</translation>
    </message>
    <message>
        <source>{0} is published under this licence: {1}</source>
        <translation>{0} ist unter dieser Lizenz veröffentlicht: {1}</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>{0} wird heruntergeladen</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} von {1} MB</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The model is installed. Go live to use it.</source>
        <translation>Das Modell ist installiert. Gehen Sie live, um es zu verwenden.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
</context>
<context>
    <name>ObsPage</name>
    <message>
        <source>Connect to OBS on this computer</source>
        <translation>Mit OBS auf diesem Computer verbinden</translation>
    </message>
    <message>
        <source>Kept in the system’s key store</source>
        <translation>Liegt im Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Microphone in OBS</source>
        <translation>Mikrofon in OBS</translation>
    </message>
    <message>
        <source>Add the camera as a source</source>
        <translation>Kamera als Quelle hinzufügen</translation>
    </message>
    <message>
        <source>In OBS: Tools → WebSocket Server Settings → Enable WebSocket server; the password is under Show Connect Info.</source>
        <translation>In OBS: Werkzeuge → WebSocket-Server-Einstellungen → WebSocket-Server aktivieren; das Passwort steht unter „Verbindungsinformationen anzeigen“.</translation>
    </message>
    <message>
        <source>Keep in step</source>
        <translation>Im Takt halten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>Kein Mikrofon</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>OBS does not answer; it is tried again</source>
        <translation>OBS antwortet nicht; es wird weiter versucht</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
</context>
<context>
    <name>OnAirPane</name>
    <message>
        <source>Show the original</source>
        <translation>Original zeigen</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Weitere Optionen</translation>
    </message>
    <message>
        <source>Sends your unstyled camera picture until this session ends.</source>
        <translation>Sendet Ihr unverändertes Kamerabild, bis diese Sitzung endet.</translation>
    </message>
    <message>
        <source>System webcam…</source>
        <translation>System-Webcam…</translation>
    </message>
    <message>
        <source>How to select the camera in other programs</source>
        <translation>Wie Sie die Kamera in anderen Programmen auswählen</translation>
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
    <name>OscPage</name>
    <message>
        <source>Exchange OSC messages</source>
        <translation>OSC-Nachrichten austauschen</translation>
    </message>
    <message>
        <source>Receives at port</source>
        <translation>Empfängt am Port</translation>
    </message>
    <message>
        <source>Sends to port</source>
        <translation>Sendet an Port</translation>
    </message>
    <message>
        <source>OSC has no passwords: whoever can send from this address, or in its name, can control the window. Enter another computer only in a network that you trust.</source>
        <translation>OSC kennt keine Passwörter: Wer von dieser Adresse oder in ihrem Namen senden kann, kann das Fenster steuern. Tragen Sie einen anderen Rechner nur in einem Netz ein, dem Sie vertrauen.</translation>
    </message>
    <message>
        <source>Address of the other side</source>
        <translation>Adresse der Gegenseite</translation>
    </message>
    <message>
        <source>Such as: /live2diff/style ink, /live2diff/strength 0.6, /live2diff/cue/next, /live2diff/panic. The documentation lists them all. Every change is sent to the other side.</source>
        <translation>Zum Beispiel: /live2diff/style ink, /live2diff/strength 0.6, /live2diff/cue/next, /live2diff/panic. Die Dokumentation führt alle auf. Jede Änderung wird an die Gegenseite gesendet.</translation>
    </message>
</context>
<context>
    <name>OutputPage</name>
    <message>
        <source>A card with text</source>
        <translation>Eine Karte mit Text</translation>
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
        <source>Text on the card</source>
        <translation>Text auf der Karte</translation>
    </message>
    <message>
        <source>Webcam format</source>
        <translation>Webcam-Format</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>Bild wählen…</translation>
    </message>
    <message>
        <source>Interpolated frames</source>
        <translation>Zwischenbilder</translation>
    </message>
    <message>
        <source>Shown while there is no styled picture. It is never an unstyled picture of the camera.</source>
        <translation>Wird gezeigt, solange es kein stilisiertes Bild gibt. Es ist nie ein unverändertes Kamerabild.</translation>
    </message>
    <message>
        <source>AI mark</source>
        <translation>KI-Zeichen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Up to 30 frames/s</source>
        <translation>Bis zu 30 Bilder/s</translation>
    </message>
    <message>
        <source>Up to 60 frames/s</source>
        <translation>Bis zu 60 Bilder/s</translation>
    </message>
    <message>
        <source>Smoother movement where the model is slower than this: pictures in between are made along the measured motion. Adds the time between two frames of the model to the delay, which the meter shows.</source>
        <translation>Flüssigere Bewegung, wenn das Modell langsamer ist: Bilder dazwischen entstehen entlang der gemessenen Bewegung. Verlängert die Verzögerung um die Zeit zwischen zwei Bildern des Modells; die Anzeige nennt sie.</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp)</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild auswählen</translation>
    </message>
</context>
<context>
    <name>PairEngineDialog</name>
    <message>
        <source>Compute on another computer</source>
        <translation>Auf einem anderen Computer berechnen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Koppeln</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>On the other computer, start “python main.py serve”. It shows its address and a code. Your camera’s pictures go there, encrypted, and come back styled; they are not kept.</source>
        <translation>Starten Sie auf dem anderen Computer „python main.py serve“. Er zeigt seine Adresse und einen Code. Die Bilder Ihrer Kamera gehen verschlüsselt dorthin und kommen gestaltet zurück; sie werden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Pairing …</source>
        <translation>Koppelt …</translation>
    </message>
    <message>
        <source>Paired. The other computer does the work from now on.</source>
        <translation>Gekoppelt. Ab jetzt rechnet der andere Computer.</translation>
    </message>
    <message>
        <source>Its certificate (SHA-256): {0}. Only a computer that has it is used. If the other computer shows another one, choose “This computer” again.</source>
        <translation>Sein Zertifikat (SHA-256): {0}. Nur ein Computer, der es hat, wird benutzt. Zeigt der andere Computer ein anderes, wählen Sie wieder „Dieser Computer“.</translation>
    </message>
</context>
<context>
    <name>PairingPanel</name>
    <message>
        <source>Pair a device…</source>
        <translation>Ein Gerät koppeln…</translation>
    </message>
    <message>
        <source>QR code for pairing</source>
        <translation>QR-Code zum Koppeln</translation>
    </message>
    <message>
        <source>Point the phone&apos;s camera at the picture, or open {0} and enter the code. It is valid for five minutes, once.</source>
        <translation>Richten Sie die Kamera des Telefons auf das Bild, oder öffnen Sie {0} und geben Sie den Code ein. Er gilt fünf Minuten, einmal.</translation>
    </message>
    <message>
        <source>Open {0} in a browser on this computer and enter the code, or give it to the program that asks for it. It is valid for five minutes, once. For a phone, first choose “Answer in the local network”.</source>
        <translation>Öffnen Sie {0} in einem Browser auf diesem Rechner und geben Sie den Code ein, oder geben Sie ihn dem Programm, das danach fragt. Er gilt fünf Minuten, einmal. Für ein Telefon wählen Sie zuerst „Im lokalen Netz antworten“.</translation>
    </message>
    <message>
        <source>The browser warns that it does not know this computer&apos;s certificate. Go on if it shows this fingerprint (SHA-256): {0}</source>
        <translation>Der Browser warnt, dass er das Zertifikat dieses Rechners nicht kennt. Fahren Sie fort, wenn er diesen Fingerabdruck (SHA-256) zeigt: {0}</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>Presets</source>
        <translation>Voreinstellungen</translation>
    </message>
    <message>
        <source>Presets ({0})</source>
        <translation>Voreinstellungen ({0})</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>Als Voreinstellung speichern…</translation>
    </message>
    <message>
        <source>Export as preset…</source>
        <translation>Als Voreinstellung exportieren…</translation>
    </message>
    <message>
        <source>Import a preset…</source>
        <translation>Voreinstellung importieren…</translation>
    </message>
    <message>
        <source>Delete a preset</source>
        <translation>Voreinstellung löschen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Als Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Export as preset</source>
        <translation>Als Voreinstellung exportieren</translation>
    </message>
    <message>
        <source>Import a preset</source>
        <translation>Voreinstellung importieren</translation>
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
        <source>Panic has NOT reached the camera</source>
        <translation>Panik hat die Kamera NICHT erreicht</translation>
    </message>
    <message>
        <source>Panic: the placeholder is on air</source>
        <translation>Panik: Der Platzhalter ist auf Sendung</translation>
    </message>
    <message>
        <source>Your unstyled camera picture is on air; the recording is paused</source>
        <translation>Ihr unverändertes Kamerabild ist auf Sendung; die Aufnahme pausiert</translation>
    </message>
    <message>
        <source>Your unstyled camera picture is on air</source>
        <translation>Ihr unverändertes Kamerabild ist auf Sendung</translation>
    </message>
    <message>
        <source>Your unstyled camera picture may be on air</source>
        <translation>Ihr unverändertes Kamerabild ist möglicherweise auf Sendung</translation>
    </message>
    <message>
        <source>You are shown unstyled</source>
        <translation>Sie sind unverändert zu sehen</translation>
    </message>
    <message>
        <source>Your room is shown unstyled</source>
        <translation>Ihr Raum ist unverändert zu sehen</translation>
    </message>
    <message>
        <source>No program is using the camera; the model is paused.</source>
        <translation>Kein Programm verwendet die Kamera; das Modell pausiert.</translation>
    </message>
    <message>
        <source>The placeholder is shown meanwhile.</source>
        <translation>Solange wird der Platzhalter gezeigt.</translation>
    </message>
    <message>
        <source>Other programs see the placeholder.</source>
        <translation>Andere Programme sehen den Platzhalter.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>ProgramGuide</name>
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
        <source>Other programs</source>
        <translation>Andere Programme</translation>
    </message>
    <message>
        <source>Wherever a camera can be selected. Restart the program if it is not listed.</source>
        <translation>Überall, wo eine Kamera ausgewählt werden kann. Starten Sie das Programm neu, wenn sie nicht aufgeführt ist.</translation>
    </message>
</context>
<context>
    <name>ProgramsPage</name>
    <message>
        <source>Select “{0}” in your program</source>
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
        <source>What the picture should look like, in English. Does not affect the delay.</source>
        <translation>Wie das Bild aussehen soll, auf Englisch. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
</context>
<context>
    <name>RemoteControlDialog</name>
    <message>
        <source>Remote control</source>
        <translation>Fernsteuerung</translation>
    </message>
    <message>
        <source>Phone and programs</source>
        <translation>Telefon und Programme</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
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
        <source>Showing yourself in another style, live: for streams, calls, teaching and art.</source>
        <translation>Sich live in einem anderen Stil zeigen: für Streams, Gespräche, Unterricht und Kunst.</translation>
    </message>
    <message>
        <source>Impersonating others, or making people believe that something happened that did not.</source>
        <translation>Sich als jemand anderes auszugeben oder andere glauben zu machen, dass etwas geschehen sei, was nicht geschehen ist.</translation>
    </message>
    <message>
        <source>Your face stays recognisable</source>
        <translation>Ihr Gesicht bleibt erkennbar</translation>
    </message>
    <message>
        <source>A style is not a disguise. Measured around eyes and mouth, the likeness to the photograph (1 is the photograph itself) is 0.81 to 0.98 at full strength and 0.90 to 0.98 at 0.6 for every built-in style except those that draw you as a character: they have 0.32 to 0.39 at full strength and 0.40 to 0.47 at 0.6, and keep your hair, pose and expression. At the lowest strength, every built-in style has 0.89 or more: almost your camera&apos;s picture. Imported styles and Stable Diffusion have not been measured.</source>
        <translation>Ein Stil ist keine Verkleidung. Um Augen und Mund gemessen, beträgt die Ähnlichkeit mit dem Foto (1 ist das Foto selbst) bei voller Stärke 0,81 bis 0,98 und bei 0,6 noch 0,90 bis 0,98, bei allen eingebauten Stilen außer denen, die Sie als Figur zeichnen: Die haben 0,32 bis 0,39 bei voller Stärke und 0,40 bis 0,47 bei 0,6 und behalten Ihr Haar, Ihre Haltung und Ihren Ausdruck. Bei der geringsten Stärke hat jeder eingebaute Stil 0,89 oder mehr: fast das Bild Ihrer Kamera. Importierte Stile und Stable Diffusion wurden nicht gemessen.</translation>
    </message>
    <message>
        <source>Everyone in the picture</source>
        <translation>Alle, die im Bild sind</translation>
    </message>
    <message>
        <source>Ask everyone who can be seen before you go live or record.</source>
        <translation>Fragen Sie alle, die zu sehen sind, bevor Sie live gehen oder aufnehmen.</translation>
    </message>
    <message>
        <source>Labelled as AI</source>
        <translation>Als KI gekennzeichnet</translation>
    </message>
    <message>
        <source>An “AI” mark is shown in a corner of the picture, and an invisible one tells programs the same. Recordings and snapshots are signed as AI-generated. Everything is computed on this computer; no picture leaves it except through the system webcam.</source>
        <translation>In einer Ecke des Bildes steht ein „AI“-Zeichen, und ein unsichtbares sagt Programmen dasselbe. Aufnahmen und Schnappschüsse sind als KI-erzeugt signiert. Alles wird auf diesem Computer berechnet; kein Bild verlässt ihn außer über die System-Webcam.</translation>
    </message>
    <message>
        <source>What it is not for</source>
        <translation>Wofür nicht</translation>
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
        <source>New random seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Keep this seed at every start</source>
        <translation>Diesen Startwert bei jedem Start behalten</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>{0} zurücksetzen</translation>
    </message>
    <message>
        <source>The noise that the picture is drawn from. Another seed gives other details. Does not affect the delay.</source>
        <translation>Das Rauschen, aus dem das Bild entsteht. Ein anderer Startwert ergibt andere Details. Wirkt sich nicht auf die Verzögerung aus.</translation>
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
        <source>Output</source>
        <translation>Ausgabe</translation>
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
        <source>Hold to see the camera picture</source>
        <translation>Gedrückt halten, um das Kamerabild zu sehen</translation>
    </message>
    <message>
        <source>Move the focused comparison line</source>
        <translation>Die fokussierte Vergleichslinie verschieben</translation>
    </message>
    <message>
        <source>Make the focused style a favourite, or not</source>
        <translation>Den fokussierten Stil als Favoriten setzen oder entfernen</translation>
    </message>
    <message>
        <source>Choose one of the first nine styles</source>
        <translation>Einen der ersten neun Stile wählen</translation>
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
        <source>Picture size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Requested from the camera. A higher frame rate shortens the delay a little.</source>
        <translation>Wird von der Kamera angefordert. Eine höhere Bildrate verkürzt die Verzögerung ein wenig.</translation>
    </message>
    <message>
        <source>The size that the model works at. Smaller is faster, larger shows more detail. Automatic keeps the whole picture and finds what this computer can do.</source>
        <translation>Die Größe, in der das Modell arbeitet. Kleiner ist schneller, größer zeigt mehr Einzelheiten. Automatisch behält das ganze Bild und findet heraus, was dieser Computer schafft.</translation>
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
        <source>Window…</source>
        <translation>Fenster…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>{0} (not connected)</source>
        <translation>{0} (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>Automatic · {0}</source>
        <translation>Automatisch · {0}</translation>
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
    <name>StillQuestion</name>
    <message>
        <source>Show this picture, face and all</source>
        <translation>Dieses Bild mitsamt dem Gesicht zeigen</translation>
    </message>
    <message>
        <source>Keep the present placeholder</source>
        <translation>Den bisherigen Platzhalter behalten</translation>
    </message>
    <message>
        <source>The placeholder is shown whenever nothing styled is, also after a panic: everyone who sees it would see this picture of whoever was in front of the camera.</source>
        <translation>Der Platzhalter wird immer gezeigt, wenn es nichts Stilisiertes gibt, auch nach „Panik“: Alle, die ihn sehen, sähen dieses Bild der Person vor der Kamera.</translation>
    </message>
    <message>
        <source>At a strength of {0}, a face is almost as the camera shows it.</source>
        <translation>Bei einer Stärke von {0} sieht ein Gesicht fast so aus, wie die Kamera es zeigt.</translation>
    </message>
    <message>
        <source>A face stays recognisable in the style {0}.</source>
        <translation>Im Stil {0} bleibt ein Gesicht erkennbar.</translation>
    </message>
    <message>
        <source>The style {0} is not known to hide a face.</source>
        <translation>Vom Stil {0} ist nicht bekannt, dass er ein Gesicht verbirgt.</translation>
    </message>
</context>
<context>
    <name>StreamingDialog</name>
    <message>
        <source>Streaming</source>
        <translation>Streaming</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>OBS</source>
        <translation>OBS</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Übertragung</translation>
    </message>
</context>
<context>
    <name>StyleCard</name>
    <message>
        <source>A face stays recognisable in this style.</source>
        <translation>Ein Gesicht bleibt in diesem Stil erkennbar.</translation>
    </message>
    <message>
        <source>A face stays recognisable at low strength, and in part at full strength.</source>
        <translation>Ein Gesicht bleibt bei geringer Stärke erkennbar, bei voller Stärke zum Teil.</translation>
    </message>
    <message>
        <source>Whether a face stays recognisable has not been measured.</source>
        <translation>Ob ein Gesicht erkennbar bleibt, wurde nicht gemessen.</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>Choose a style</source>
        <translation>Wählen Sie einen Stil</translation>
    </message>
    <message>
        <source>Measuring the speed of this computer…</source>
        <translation>Die Geschwindigkeit dieses Computers wird gemessen…</translation>
    </message>
    <message>
        <source>This computer reaches {0} frames/s at {1}.</source>
        <translation>Dieser Computer erreicht {0} Bilder/s bei {1}.</translation>
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
    <message>
        <source>Back to the styles&apos; own pictures</source>
        <translation>Zurück zu den eigenen Bildern der Stile</translation>
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
    <name>UserInterface</name>
    <message>
        <source>Drawing your picture in every style</source>
        <translation>Ihr Bild wird in jedem Stil gezeichnet</translation>
    </message>
    <message>
        <source>There is no picture of you yet</source>
        <translation>Es gibt noch kein Bild von Ihnen</translation>
    </message>
    <message>
        <source>The pictures are drawn when the stream stops</source>
        <translation>Die Bilder werden gezeichnet, sobald der Stream endet</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>VirtualCameraPage</name>
    <message>
        <source>Your picture as a webcam</source>
        <translation>Ihr Bild als Webcam</translation>
    </message>
    <message>
        <source>Other programs list “{0}” beside your own camera. Until you go live, and whenever you stop, they see a placeholder there.</source>
        <translation>Andere Programme führen „{0}“ neben Ihrer eigenen Kamera auf. Bis Sie live gehen, und immer wenn Sie anhalten, sehen sie dort ein Platzhalterbild.</translation>
    </message>
    <message>
        <source>It is there through PipeWire. Nothing is installed for that, and it is gone when this program ends. Flatpak programs and browsers that ask the desktop for cameras find it.</source>
        <translation>Sie ist über PipeWire da. Dafür wird nichts installiert, und sie verschwindet, wenn dieses Programm endet. Flatpak-Programme und Browser, die den Desktop nach Kameras fragen, finden sie.</translation>
    </message>
    <message>
        <source>It is there as a camera device, which Zoom, Discord and Chromium find. An empty device stays when this program ends.</source>
        <translation>Sie ist als Kameragerät da, das Zoom, Discord und Chromium finden. Endet dieses Programm, bleibt ein leeres Gerät zurück.</translation>
    </message>
    <message>
        <source>Here it goes through OBS Studio&apos;s camera and bears its name, “{0}”.</source>
        <translation>Hier läuft sie über die Kamera von OBS Studio und trägt deren Namen, „{0}“.</translation>
    </message>
</context>
<context>
    <name>WatermarkRows</name>
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
        <source>Show the AI mark</source>
        <translation>KI-Zeichen anzeigen</translation>
    </message>
    <message>
        <source>Invisible mark, for programs</source>
        <translation>Unsichtbares Zeichen, für Programme</translation>
    </message>
    <message>
        <source>A pattern too faint to see, in every styled picture. It says which program made it, and survives most handling. It names no person and no computer.</source>
        <translation>Ein Muster in jedem stilisierten Bild, zu schwach, um es zu sehen. Es sagt, welches Programm das Bild gemacht hat, und übersteht die meiste Bearbeitung. Es nennt weder Person noch Computer.</translation>
    </message>
    <message>
        <source>Recordings and snapshots are also signed with Content Credentials.</source>
        <translation>Aufnahmen und Schnappschüsse werden außerdem mit Content Credentials signiert.</translation>
    </message>
    <message>
        <source>The law may require you to disclose that a picture is made by AI: in the European Union, Article 50 of the AI Act. Without the mark, disclosing it is up to you.</source>
        <translation>Das Gesetz kann verlangen, dass Sie ein Bild als KI-erzeugt kennzeichnen: in der Europäischen Union Artikel 50 der KI-Verordnung. Ohne das Zeichen müssen Sie selbst dafür sorgen.</translation>
    </message>
    <message>
        <source>Turn it off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>WebcamDialog</name>
    <message>
        <source>System webcam</source>
        <translation>System-Webcam</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
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
        <source>Restarting</source>
        <translation>Startet neu</translation>
    </message>
    <message>
        <source>Select “{0}” as your camera:</source>
        <translation>Wählen Sie „{0}“ als Ihre Kamera:</translation>
    </message>
    <message>
        <source>Another program is using “{0}”.</source>
        <translation>Ein anderes Programm benutzt „{0}“.</translation>
    </message>
</context>
<context>
    <name>WebcamRow</name>
    <message>
        <source>Size of the webcam picture</source>
        <translation>Größe des Webcam-Bildes</translation>
    </message>
    <message>
        <source>Frame rate of the webcam picture</source>
        <translation>Bildrate des Webcam-Bildes</translation>
    </message>
    <message>
        <source>What other programs receive. A program that is using the camera keeps the former format until it reopens the camera. Does not affect the delay.</source>
        <translation>Was andere Programme erhalten. Ein Programm, das die Kamera gerade verwendet, behält das bisherige Format, bis es die Kamera neu öffnet. Wirkt sich nicht auf die Verzögerung aus.</translation>
    </message>
    <message>
        <source>{0} frames/s</source>
        <translation>{0} Bilder/s</translation>
    </message>
</context>
<context>
    <name>WindowMenu</name>
    <message>
        <source>No other window is open</source>
        <translation>Kein anderes Fenster ist offen</translation>
    </message>
    <message>
        <source>On Wayland, only windows of X11 programs can be captured</source>
        <translation>Unter Wayland können nur Fenster von X11-Programmen aufgenommen werden</translation>
    </message>
</context>
<context>
    <name>_Devices</name>
    <message>
        <source>Paired devices</source>
        <translation>Gekoppelte Geräte</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{0}, paired {1}</source>
        <translation>{0}, gekoppelt {1}</translation>
    </message>
</context>
<context>
    <name>_FailedCheck</name>
    <message>
        <source>Copy the instructions</source>
        <translation>Anleitung kopieren</translation>
    </message>
</context>
<context>
    <name>_NetworkQuestion</name>
    <message>
        <source>Every device in your network will be able to reach this program and open its page. Only devices that you pair can see or control anything, and what they send is encrypted. Do this only in a network that you trust, not in a café.</source>
        <translation>Jedes Gerät in Ihrem Netz wird dieses Programm erreichen und seine Seite öffnen können. Nur Geräte, die Sie koppeln, können etwas sehen oder steuern, und was sie senden, ist verschlüsselt. Tun Sie das nur in einem Netz, dem Sie vertrauen, nicht in einem Café.</translation>
    </message>
    <message>
        <source>Answer in the local network</source>
        <translation>Im lokalen Netz antworten</translation>
    </message>
    <message>
        <source>Only on this computer</source>
        <translation>Nur auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Go live or stop</source>
        <translation>Live gehen oder stoppen</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>Schnappschuss sichern</translation>
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
        <source>Panic or release</source>
        <translation>Panik oder freigeben</translation>
    </message>
    <message>
        <source>Start or stop recording</source>
        <translation>Aufnahme starten oder beenden</translation>
    </message>
    <message>
        <source>Show or hide the side panel</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
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
        <source>Live2Diff (Stable Diffusion 1.5)</source>
        <translation>Live2Diff (Stable Diffusion 1.5)</translation>
    </message>
    <message>
        <source>Small and fast: runs on an ordinary laptop without a graphics card, with the styles it was trained for.</source>
        <translation>Klein und schnell: läuft auf einem gewöhnlichen Laptop ohne Grafikkarte, mit den Stilen, für die es trainiert wurde.</translation>
    </message>
    <message>
        <source>The published networks, for a computer with a strong graphics card: any style you can put into words, and styles of your own.</source>
        <translation>Die veröffentlichten Netze, für einen Computer mit starker Grafikkarte: jeder Stil, den Sie in Worte fassen können, und eigene Stile.</translation>
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
        <source>You as an anime character: large eyes in your own colour, clean lines, flat tones.</source>
        <translation>Sie als Anime-Figur: große Augen in Ihrer eigenen Farbe, klare Linien, flächige Töne.</translation>
    </message>
    <message>
        <source>Manga</source>
        <translation>Manga</translation>
    </message>
    <message>
        <source>You in a black-and-white manga: black lines, white paper, flat greys.</source>
        <translation>Sie in einem Schwarz-Weiß-Manga: schwarze Linien, weißes Papier, flache Grautöne.</translation>
    </message>
    <message>
        <source>Storybook</source>
        <translation>Bilderbuch</translation>
    </message>
    <message>
        <source>You in an illustrated book: soft washes of paint and gentle lines.</source>
        <translation>Sie in einem Bilderbuch: weiche Farbflächen und sanfte Linien.</translation>
    </message>
    <message>
        <source>Hero</source>
        <translation>Held</translation>
    </message>
    <message>
        <source>You as the hero of a printed comic: heavy black lines, strong colours, a broad jaw.</source>
        <translation>Sie als Held eines gedruckten Comics: kräftige schwarze Linien, starke Farben, ein breites Kinn.</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>Ihre Worte</translation>
    </message>
    <message>
        <source>The base model alone: the style is what you describe.</source>
        <translation>Nur das Basismodell: Der Stil ist, was Sie beschreiben.</translation>
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
    <name>control</name>
    <message>
        <source>Panic</source>
        <translation>Panik</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Panic or release</source>
        <translation>Panik oder freigeben</translation>
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
        <source>Go live or stop</source>
        <translation>Live gehen oder stoppen</translation>
    </message>
    <message>
        <source>Next style</source>
        <translation>Nächster Stil</translation>
    </message>
    <message>
        <source>Previous style</source>
        <translation>Voriger Stil</translation>
    </message>
    <message>
        <source>Next cue</source>
        <translation>Nächster Cue</translation>
    </message>
    <message>
        <source>Previous cue</source>
        <translation>Voriger Cue</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>Schnappschuss sichern</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Start or stop recording</source>
        <translation>Aufnahme starten oder beenden</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>Rauschkonstanz</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>Flimmerfilter</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Weight of the blend</source>
        <translation>Anteil der Mischung</translation>
    </message>
    <message>
        <source>Style: {0}</source>
        <translation>Stil: {0}</translation>
    </message>
    <message>
        <source>Cue {0}: {1}</source>
        <translation>Cue {0}: {1}</translation>
    </message>
    <message>
        <source>Note {0}, channel {1}</source>
        <translation>Note {0}, Kanal {1}</translation>
    </message>
    <message>
        <source>Controller {0}, channel {1}</source>
        <translation>Controller {0}, Kanal {1}</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A camera picture cannot be {size}.</source>
        <translation>Ein Kamerabild kann nicht {size} groß sein.</translation>
    </message>
    <message>
        <source>A cluster needs Ray Serve, which is not installed.</source>
        <translation>Ein Cluster braucht Ray Serve, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>A picture cannot be rotated by {angle} degrees.</source>
        <translation>Ein Bild lässt sich nicht um {angle} Grad drehen.</translation>
    </message>
    <message>
        <source>Add yourself to the group `video` and log in again.</source>
        <translation>Nehmen Sie sich in die Gruppe `video` auf und melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Add yourself to the group: sudo usermod -aG video $USER, then log in again.</source>
        <translation>Nehmen Sie sich in die Gruppe auf: sudo usermod -aG video $USER, und melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Camera device</source>
        <translation>Kameragerät</translation>
    </message>
    <message>
        <source>Camera driver</source>
        <translation>Kameratreiber</translation>
    </message>
    <message>
        <source>Camera library</source>
        <translation>Kamerabibliothek</translation>
    </message>
    <message>
        <source>Camera {index} is {own} itself, which would film its own pictures.</source>
        <translation>Kamera {index} ist {own} selbst und würde ihre eigenen Bilder filmen.</translation>
    </message>
    <message>
        <source>Check it, or choose another folder for the models.</source>
        <translation>Prüfen Sie ihn, oder wählen Sie einen anderen Ordner für die Modelle.</translation>
    </message>
    <message>
        <source>Check that it is still on.</source>
        <translation>Prüfen Sie, ob er noch eingeschaltet ist.</translation>
    </message>
    <message>
        <source>Check the installation: python main.py doctor</source>
        <translation>Prüfen Sie die Installation: python main.py doctor</translation>
    </message>
    <message>
        <source>Check the path, or fetch it again.</source>
        <translation>Prüfen Sie den Pfad, oder laden Sie die Datei neu.</translation>
    </message>
    <message>
        <source>Check the path, or use `demo` as input.</source>
        <translation>Prüfen Sie den Pfad, oder nehmen Sie `demo` als Eingang.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>Check the permissions of the settings folder.</source>
        <translation>Prüfen Sie die Zugriffsrechte des Einstellungsordners.</translation>
    </message>
    <message>
        <source>Checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.</source>
        <translation>Verwendbar sind Checkpoints, LoRAs und Embeddings für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Choose 0, 90, 180 or 270.</source>
        <translation>Wählen Sie 0, 90, 180 oder 270.</translation>
    </message>
    <message>
        <source>Choose a LoRA made for Stable Diffusion 1.5.</source>
        <translation>Wählen Sie ein LoRA für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Choose a folder of your own.</source>
        <translation>Wählen Sie einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Choose a picture such as a JPEG or PNG file.</source>
        <translation>Wählen Sie ein Bild, etwa eine JPEG- oder PNG-Datei.</translation>
    </message>
    <message>
        <source>Choose a smaller size, fewer steps, or the built-in model.</source>
        <translation>Wählen Sie eine kleinere Größe, weniger Schritte oder das eingebaute Modell.</translation>
    </message>
    <message>
        <source>Choose a smaller size, or fewer steps.</source>
        <translation>Wählen Sie eine kleinere Größe oder weniger Schritte.</translation>
    </message>
    <message>
        <source>Choose a still of the styled stream.</source>
        <translation>Wählen Sie ein Standbild des gezeichneten Streams.</translation>
    </message>
    <message>
        <source>Choose an embedding made for Stable Diffusion 1.5.</source>
        <translation>Wählen Sie ein Embedding für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>Choose another folder or name.</source>
        <translation>Wählen Sie einen anderen Ordner oder Namen.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another mirror.</source>
        <translation>Wählen Sie einen anderen Spiegel.</translation>
    </message>
    <message>
        <source>Choose another name, or allow writing to it.</source>
        <translation>Wählen Sie einen anderen Namen, oder erlauben Sie das Schreiben.</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>Wählen Sie in den Einstellungen etwas anderes.</translation>
    </message>
    <message>
        <source>Choose another one with --name.</source>
        <translation>Wählen Sie mit --name einen anderen.</translation>
    </message>
    <message>
        <source>Choose another one, or free it in that program or in the desktop&apos;s settings.</source>
        <translation>Wählen Sie eine andere, oder geben Sie sie in jenem Programm oder in den Einstellungen der Oberfläche frei.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Choose another port in the menu under Remote control.</source>
        <translation>Wählen Sie im Menü unter Fernsteuerung einen anderen Port.</translation>
    </message>
    <message>
        <source>Choose another port.</source>
        <translation>Wählen Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>Choose another video file.</source>
        <translation>Wählen Sie eine andere Videodatei.</translation>
    </message>
    <message>
        <source>Choose even sides, such as 1280x720.</source>
        <translation>Wählen Sie gerade Seitenlängen, etwa 1280x720.</translation>
    </message>
    <message>
        <source>Choose it again.</source>
        <translation>Wählen Sie es neu.</translation>
    </message>
    <message>
        <source>Choose one by its number: {cameras}.</source>
        <translation>Wählen Sie eine nach ihrer Nummer: {cameras}.</translation>
    </message>
    <message>
        <source>Choose one by its number: {windows}.</source>
        <translation>Wählen Sie eines nach seiner Nummer: {windows}.</translation>
    </message>
    <message>
        <source>Choose one from -{largest} to {largest}.</source>
        <translation>Wählen Sie einen von -{largest} bis {largest}.</translation>
    </message>
    <message>
        <source>Choose one from 1 to {count}, such as screen:1.</source>
        <translation>Wählen Sie einen von 1 bis {count}, etwa screen:1.</translation>
    </message>
    <message>
        <source>Choose one of: {accelerators}.</source>
        <translation>Zur Wahl stehen: {accelerators}.</translation>
    </message>
    <message>
        <source>Choose one of: {devices}.</source>
        <translation>Zur Wahl stehen: {devices}.</translation>
    </message>
    <message>
        <source>Choose one of: {styles}.</source>
        <translation>Zur Wahl stehen: {styles}.</translation>
    </message>
    <message>
        <source>Choose one with --name.</source>
        <translation>Wählen Sie einen mit --name.</translation>
    </message>
    <message>
        <source>Choose one, or a colour.</source>
        <translation>Wählen Sie eines aus, oder eine Farbe.</translation>
    </message>
    <message>
        <source>Close every program that uses the camera; it comes back by itself.</source>
        <translation>Schließen Sie jedes Programm, das die Kamera benutzt; sie kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>Close other programs, or choose this setting from the start.</source>
        <translation>Schließen Sie andere Programme, oder wählen Sie diese Einstellung von Anfang an.</translation>
    </message>
    <message>
        <source>Close other programs; the camera comes back by itself.</source>
        <translation>Schließen Sie andere Programme; die Kamera kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>Close the other program, or unplug the camera and plug it in again.</source>
        <translation>Schließen Sie das andere Programm, oder stecken Sie die Kamera aus und wieder ein.</translation>
    </message>
    <message>
        <source>Close the other program, or: {reload}</source>
        <translation>Schließen Sie das andere Programm, oder: {reload}</translation>
    </message>
    <message>
        <source>Close the other window, then try again.</source>
        <translation>Schließen Sie das andere Fenster, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Commands come too fast.</source>
        <translation>Die Befehle kommen zu schnell.</translation>
    </message>
    <message>
        <source>Compare it with the example in docs/engine_server.md.</source>
        <translation>Vergleichen Sie die Datei mit dem Beispiel in docs/engine_server.md.</translation>
    </message>
    <message>
        <source>Connect it to one, then switch this on again.</source>
        <translation>Verbinden Sie ihn mit einem, und schalten Sie dies wieder ein.</translation>
    </message>
    <message>
        <source>Connect it, then switch MIDI off and on again.</source>
        <translation>Schließen Sie es an, und schalten Sie MIDI aus und wieder ein.</translation>
    </message>
    <message>
        <source>Copy it from OBS: Tools, WebSocket Server Settings, Show Connect Info.</source>
        <translation>Kopieren Sie es aus OBS: Werkzeuge, WebSocket-Server-Einstellungen, Verbindungsinformationen anzeigen.</translation>
    </message>
    <message>
        <source>Create it, or choose another one.</source>
        <translation>Legen Sie ihn an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Damaged parts of the sound of {file} are silent.</source>
        <translation>Beschädigte Teile des Tons von {file} sind stumm.</translation>
    </message>
    <message>
        <source>Device node</source>
        <translation>Gerätedatei</translation>
    </message>
    <message>
        <source>Device options</source>
        <translation>Geräteoptionen</translation>
    </message>
    <message>
        <source>Device use</source>
        <translation>Gerätenutzung</translation>
    </message>
    <message>
        <source>Do not install anything that it offers; try again later from another network.</source>
        <translation>Installieren Sie nichts, was sie anbietet; versuchen Sie es später in einem anderen Netz erneut.</translation>
    </message>
    <message>
        <source>Do not use it; look for a .safetensors version from its author.</source>
        <translation>Verwenden Sie sie nicht; suchen Sie beim Autor eine .safetensors-Fassung.</translation>
    </message>
    <message>
        <source>Driver build</source>
        <translation>Bau des Treibers</translation>
    </message>
    <message>
        <source>End the name in {endings}.</source>
        <translation>Lassen Sie den Namen auf {endings} enden.</translation>
    </message>
    <message>
        <source>Enter one of four numbers, such as 192.168.1.20.</source>
        <translation>Geben Sie eine aus vier Zahlen ein, etwa 192.168.1.20.</translation>
    </message>
    <message>
        <source>Fetch it again, or look for a .safetensors version of it.</source>
        <translation>Laden Sie sie neu, oder suchen Sie eine .safetensors-Fassung.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Laden Sie es neu.</translation>
    </message>
    <message>
        <source>Fetch the base model again.</source>
        <translation>Laden Sie das Grundmodell neu.</translation>
    </message>
    <message>
        <source>Fetch the file again from where it came.</source>
        <translation>Laden Sie die Datei neu, woher sie kam.</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Laden Sie die Datei neu.</translation>
    </message>
    <message>
        <source>Fetch the published live2diff.ckpt.</source>
        <translation>Laden Sie das veröffentlichte live2diff.ckpt.</translation>
    </message>
    <message>
        <source>Free memory or disk space; the camera then comes back by itself.</source>
        <translation>Geben Sie Arbeitsspeicher oder Speicherplatz frei; die Kamera kommt dann von selbst zurück.</translation>
    </message>
    <message>
        <source>Free memory; it then comes back by itself.</source>
        <translation>Geben Sie Speicher frei; dann kommt es von selbst zurück.</translation>
    </message>
    <message>
        <source>Free some space on the disk.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Free some space, and check that you may write to {folder}.</source>
        <translation>Schaffen Sie Platz, und prüfen Sie, ob Sie in {folder} schreiben dürfen.</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Free some space, or remove what is in the way; the camera then comes back by itself.</source>
        <translation>Schaffen Sie Platz oder entfernen Sie, was an seiner Stelle liegt; die Kamera kommt dann von selbst zurück.</translation>
    </message>
    <message>
        <source>Free some space, then switch it off and on again.</source>
        <translation>Schaffen Sie Platz, und schalten Sie sie dann aus und wieder ein.</translation>
    </message>
    <message>
        <source>Free some space. What was made so far can be played: {kept}</source>
        <translation>Schaffen Sie Platz. Was bisher entstanden ist, lässt sich abspielen: {kept}</translation>
    </message>
    <message>
        <source>Get the file again if you need the rest.</source>
        <translation>Besorgen Sie die Datei neu, wenn Sie den Rest brauchen.</translation>
    </message>
    <message>
        <source>Give 64 hexadecimal digits of SHA-256, or nothing.</source>
        <translation>Geben Sie 64 hexadezimale Ziffern von SHA-256 an, oder nichts.</translation>
    </message>
    <message>
        <source>Give a PEM file of root certificates.</source>
        <translation>Geben Sie eine PEM-Datei mit Stammzertifikaten an.</translation>
    </message>
    <message>
        <source>Give a name, such as film.mp4.</source>
        <translation>Geben Sie einen Namen an, etwa film.mp4.</translation>
    </message>
    <message>
        <source>Give the component another name in the style&apos;s file.</source>
        <translation>Geben Sie dem Bestandteil in der Datei des Stils einen anderen Namen.</translation>
    </message>
    <message>
        <source>Give the key in its own field.</source>
        <translation>Tragen Sie den Schlüssel in sein eigenes Feld ein.</translation>
    </message>
    <message>
        <source>Give the name of a file, or use virtual-camera as output.</source>
        <translation>Geben Sie den Namen einer Datei an, oder nehmen Sie virtual-camera als Ausgabe.</translation>
    </message>
    <message>
        <source>Give the name of a file.</source>
        <translation>Geben Sie den Namen einer Datei an.</translation>
    </message>
    <message>
        <source>Give the number of bytes, or nothing.</source>
        <translation>Geben Sie die Anzahl der Bytes an oder nichts.</translation>
    </message>
    <message>
        <source>Go live first.</source>
        <translation>Gehen Sie zuerst live.</translation>
    </message>
    <message>
        <source>Import a checkpoint, a LoRA or an embedding for Stable Diffusion 1.5.</source>
        <translation>Importieren Sie einen Checkpoint, ein LoRA oder ein Embedding für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Install OBS Studio 30 or newer and start its virtual camera once.</source>
        <translation>Installieren Sie OBS Studio 30 oder neuer, und starten Sie dessen virtuelle Kamera einmal.</translation>
    </message>
    <message>
        <source>Install Python 3.11 or newer.</source>
        <translation>Installieren Sie Python 3.11 oder neuer.</translation>
    </message>
    <message>
        <source>Install it with: pip install &quot;ray[serve]&quot;</source>
        <translation>Installieren Sie es mit: pip install &quot;ray[serve]&quot;</translation>
    </message>
    <message>
        <source>Install it with: pip install python-rtmidi</source>
        <translation>Installieren Sie es mit: pip install python-rtmidi</translation>
    </message>
    <message>
        <source>Install it, for example: sudo apt install libpipewire-0.3-0</source>
        <translation>Installieren Sie sie, zum Beispiel: sudo apt install libpipewire-0.3-0</translation>
    </message>
    <message>
        <source>Install it: python -m pip install pyvirtualcam</source>
        <translation>Installieren Sie sie: python -m pip install pyvirtualcam</translation>
    </message>
    <message>
        <source>Install it: python -m pip install simpleobsws</source>
        <translation>Installieren Sie sie: python -m pip install simpleobsws</translation>
    </message>
    <message>
        <source>It comes back by itself when PipeWire does.</source>
        <translation>Es kommt von selbst zurück, sobald PipeWire wieder da ist.</translation>
    </message>
    <message>
        <source>It goes on by itself.</source>
        <translation>Sie geht von selbst weiter.</translation>
    </message>
    <message>
        <source>It must hold a private key without a password and its certificates, as PEM. Without the file, another one will be made.</source>
        <translation>Die Datei muss einen privaten Schlüssel ohne Passwort und seine Zertifikate als PEM enthalten. Fehlt sie, wird eine neue angelegt.</translation>
    </message>
    <message>
        <source>Keys for every program are available on Linux only.</source>
        <translation>Tasten für alle Programme gibt es nur unter Linux.</translation>
    </message>
    <message>
        <source>Keys for every program need X11&apos;s own library, which is not installed.</source>
        <translation>Tasten für alle Programme brauchen die Bibliothek von X11, die nicht installiert ist.</translation>
    </message>
    <message>
        <source>Leave the precision at auto, or choose bfloat16 or float32.</source>
        <translation>Lassen Sie die Genauigkeit auf auto, oder wählen Sie bfloat16 oder float32.</translation>
    </message>
    <message>
        <source>Let UDP pass between the two computers, in both firewalls.</source>
        <translation>Lassen Sie in beiden Firewalls UDP zwischen den zwei Computern durch.</translation>
    </message>
    <message>
        <source>List each file once.</source>
        <translation>Führen Sie jede Datei genau einmal auf.</translation>
    </message>
    <message>
        <source>Log in to a desktop session.</source>
        <translation>Melden Sie sich an einer grafischen Sitzung an.</translation>
    </message>
    <message>
        <source>Look at its own messages.</source>
        <translation>Sehen Sie sich die Meldungen von OBS an.</translation>
    </message>
    <message>
        <source>Look at the place where you got it.</source>
        <translation>Sehen Sie dort nach, woher Sie es haben.</translation>
    </message>
    <message>
        <source>Look at the program&apos;s page yourself.</source>
        <translation>Sehen Sie selbst auf der Seite des Programms nach.</translation>
    </message>
    <message>
        <source>Look at the program&apos;s page yourself: {page}</source>
        <translation>Sehen Sie selbst auf der Seite des Programms nach: {page}</translation>
    </message>
    <message>
        <source>MIDI is not available: {reason}.</source>
        <translation>MIDI ist nicht verfügbar: {reason}.</translation>
    </message>
    <message>
        <source>MIDI needs the package python-rtmidi, which is not installed.</source>
        <translation>MIDI braucht das Paket python-rtmidi, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Make {path} readable to you, or remove it: another one will be made.</source>
        <translation>Machen Sie {path} für sich lesbar, oder entfernen Sie die Datei: Es wird eine neue angelegt.</translation>
    </message>
    <message>
        <source>NDI needs its own runtime, which is not installed.</source>
        <translation>NDI braucht seine eigene Laufzeitumgebung, die nicht installiert ist.</translation>
    </message>
    <message>
        <source>NDI&apos;s runtime does not work on this computer.</source>
        <translation>Die Laufzeitumgebung von NDI funktioniert auf diesem Computer nicht.</translation>
    </message>
    <message>
        <source>Name one that is not the first.</source>
        <translation>Nennen Sie einen, der nicht der erste ist.</translation>
    </message>
    <message>
        <source>No administrator has agreed, and nothing was changed.</source>
        <translation>Kein Administrator hat zugestimmt; es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>No engine answers at {address}.</source>
        <translation>Unter {address} antwortet keine Engine.</translation>
    </message>
    <message>
        <source>No file to write is named.</source>
        <translation>Es ist keine Datei zum Schreiben genannt.</translation>
    </message>
    <message>
        <source>No window can be controlled.</source>
        <translation>Kein Fenster lässt sich steuern.</translation>
    </message>
    <message>
        <source>OBS cannot do that ({request}): {reason}.</source>
        <translation>OBS kann das nicht ausführen ({request}): {reason}.</translation>
    </message>
    <message>
        <source>OBS does not accept the password.</source>
        <translation>OBS nimmt das Passwort nicht an.</translation>
    </message>
    <message>
        <source>OBS does not find the camera.</source>
        <translation>OBS findet die Kamera nicht.</translation>
    </message>
    <message>
        <source>OBS needs a library that is not installed.</source>
        <translation>Für OBS fehlt eine Bibliothek.</translation>
    </message>
    <message>
        <source>OSC cannot be received at the port {port}: {reason}.</source>
        <translation>OSC kann am Port {port} nicht empfangen werden: {reason}.</translation>
    </message>
    <message>
        <source>Open the window, and switch on the control interface in its menu under Remote control.</source>
        <translation>Öffnen Sie das Fenster, und schalten Sie in seinem Menü unter Fernsteuerung die Steuerschnittstelle ein.</translation>
    </message>
    <message>
        <source>Pair with the code that it shows; on the command line: --code CODE.</source>
        <translation>Koppeln Sie sie mit dem Code, den sie zeigt; auf der Befehlszeile: --code CODE.</translation>
    </message>
    <message>
        <source>Pictures are sent to another computer only over HTTPS.</source>
        <translation>Bilder werden nur über HTTPS an einen anderen Computer gesendet.</translation>
    </message>
    <message>
        <source>Pictures cannot be exchanged with {address}.</source>
        <translation>Mit {address} können keine Bilder ausgetauscht werden.</translation>
    </message>
    <message>
        <source>PipeWire camera</source>
        <translation>PipeWire-Kamera</translation>
    </message>
    <message>
        <source>PipeWire has ended, and the delayed microphone with it.</source>
        <translation>PipeWire ist beendet und mit ihm das verzögerte Mikrofon.</translation>
    </message>
    <message>
        <source>PipeWire has ended.</source>
        <translation>PipeWire ist beendet.</translation>
    </message>
    <message>
        <source>PipeWire is not running</source>
        <translation>PipeWire läuft nicht</translation>
    </message>
    <message>
        <source>PipeWire is not running for this user.</source>
        <translation>PipeWire läuft für diesen Benutzer nicht.</translation>
    </message>
    <message>
        <source>PipeWire refuses the stream: {reason}.</source>
        <translation>PipeWire lehnt den Stream ab: {reason}.</translation>
    </message>
    <message>
        <source>Programs on this computer cannot be told of the remote control: {reason}.</source>
        <translation>Programme auf diesem Rechner können von der Fernsteuerung nicht erfahren: {reason}.</translation>
    </message>
    <message>
        <source>Put a new one, with its key, into {path}. Without the file, another one will be made.</source>
        <translation>Legen Sie ein neues samt Schlüssel in {path} ab. Ohne diese Datei wird ein anderes erzeugt.</translation>
    </message>
    <message>
        <source>Ray&apos;s logs, by default in /tmp/ray, say more.</source>
        <translation>Mehr steht in Rays Protokollen, normalerweise in /tmp/ray.</translation>
    </message>
    <message>
        <source>Record it again.</source>
        <translation>Nehmen Sie ihn noch einmal auf.</translation>
    </message>
    <message>
        <source>Release it once more if it was not meant.</source>
        <translation>Geben Sie noch einmal frei, falls sie nicht gemeint war.</translation>
    </message>
    <message>
        <source>Remove one that is no longer used.</source>
        <translation>Entfernen Sie eines, das nicht mehr benutzt wird.</translation>
    </message>
    <message>
        <source>Remove some, or use several files.</source>
        <translation>Entfernen Sie einige, oder benutzen Sie mehrere Dateien.</translation>
    </message>
    <message>
        <source>Restart it: systemctl --user restart pipewire wireplumber</source>
        <translation>Starten Sie es neu: systemctl --user restart pipewire wireplumber</translation>
    </message>
    <message>
        <source>Restart the program and try again.</source>
        <translation>Starten Sie das Programm neu, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Run this in a terminal to see more: {command}</source>
        <translation>Führen Sie dies in einem Terminal aus, um mehr zu erfahren: {command}</translation>
    </message>
    <message>
        <source>Run this in a terminal: {command}</source>
        <translation>Führen Sie dies in einem Terminal aus: {command}</translation>
    </message>
    <message>
        <source>Save one under this name.</source>
        <translation>Speichern Sie eine unter diesem Namen.</translation>
    </message>
    <message>
        <source>Scale it down to {largest}x{largest} or less with another program.</source>
        <translation>Verkleinern Sie es mit einem anderen Programm auf höchstens {largest}x{largest}.</translation>
    </message>
    <message>
        <source>See what is wrong: python main.py doctor</source>
        <translation>Sehen Sie nach, woran es liegt: python main.py doctor</translation>
    </message>
    <message>
        <source>Send fewer of them; a panic is obeyed all the same.</source>
        <translation>Senden Sie weniger; eine Panik wird trotzdem befolgt.</translation>
    </message>
    <message>
        <source>Set up one, such as GNOME Keyring or KWallet.</source>
        <translation>Richten Sie einen ein, etwa GNOME Keyring oder KWallet.</translation>
    </message>
    <message>
        <source>Something unforeseen happened: {kind}: {reason}.</source>
        <translation>Etwas Unvorhergesehenes ist geschehen: {kind}: {reason}.</translation>
    </message>
    <message>
        <source>Start PipeWire: systemctl --user start pipewire wireplumber. Or set up the driver: installer/linux/virtual_camera.sh install</source>
        <translation>Starten Sie PipeWire: systemctl --user start pipewire wireplumber. Oder richten Sie den Treiber ein: installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>Start again. If it happens again, copy a report from the log and send it to the authors.</source>
        <translation>Starten Sie neu. Geschieht es wieder, kopieren Sie einen Bericht aus dem Protokoll und schicken Sie ihn den Autoren.</translation>
    </message>
    <message>
        <source>Start it: systemctl --user start pipewire wireplumber</source>
        <translation>Starten Sie es: systemctl --user start pipewire wireplumber</translation>
    </message>
    <message>
        <source>Start the camera here first, then add it again.</source>
        <translation>Starten Sie zuerst hier die Kamera und fügen Sie sie dann erneut hinzu.</translation>
    </message>
    <message>
        <source>Start the program from a copy of its repository, where .venv/bin/python -m pip install python-rtmidi adds it.</source>
        <translation>Starten Sie das Programm aus einer Kopie seines Repositorys; dort fügt .venv/bin/python -m pip install python-rtmidi es hinzu.</translation>
    </message>
    <message>
        <source>Style everything, or compute on this computer.</source>
        <translation>Gestalten Sie alles, oder berechnen Sie auf diesem Computer.</translation>
    </message>
    <message>
        <source>The MIDI device {name} is not there.</source>
        <translation>Das MIDI-Gerät {name} ist nicht da.</translation>
    </message>
    <message>
        <source>The address or the key of the broadcast holds a space or a password.</source>
        <translation>Die Adresse oder der Schlüssel der Übertragung enthält ein Leerzeichen oder ein Passwort.</translation>
    </message>
    <message>
        <source>The broadcast is interrupted: {reason}.</source>
        <translation>Die Übertragung ist unterbrochen: {reason}.</translation>
    </message>
    <message>
        <source>The camera comes back by itself when PipeWire does.</source>
        <translation>Die Kamera kommt von selbst zurück, sobald PipeWire wieder da ist.</translation>
    </message>
    <message>
        <source>The camera device cannot be opened: {reason}</source>
        <translation>Das Kameragerät lässt sich nicht öffnen: {reason}</translation>
    </message>
    <message>
        <source>The camera driver: {reason}.</source>
        <translation>Der Kameratreiber: {reason}.</translation>
    </message>
    <message>
        <source>The certificate for the local network cannot be made: {reason}.</source>
        <translation>Das Zertifikat für das lokale Netz lässt sich nicht erstellen: {reason}.</translation>
    </message>
    <message>
        <source>The cluster cannot be started: {reason}.</source>
        <translation>Der Cluster lässt sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>The command cannot be understood: {reason}.</source>
        <translation>Der Befehl ist nicht zu verstehen: {reason}.</translation>
    </message>
    <message>
        <source>The component {name} lists no files, or one twice.</source>
        <translation>Der Bestandteil {name} führt keine Dateien auf oder eine doppelt.</translation>
    </message>
    <message>
        <source>The control interface cannot be reached at the port {port}: {reason}.</source>
        <translation>Die Steuerschnittstelle ist am Port {port} nicht zu erreichen: {reason}.</translation>
    </message>
    <message>
        <source>The cues could not be saved: {reason}.</source>
        <translation>Die Cues konnten nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>The delayed microphone cannot be started: {reason}.</source>
        <translation>Das verzögerte Mikrofon lässt sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>The depth model in {folder} lacks {tensor}.</source>
        <translation>Dem Tiefenmodell in {folder} fehlt {tensor}.</translation>
    </message>
    <message>
        <source>The desktop has not given the keys.</source>
        <translation>Die Oberfläche hat die Tasten nicht gegeben.</translation>
    </message>
    <message>
        <source>The download was sent on to {host} without encryption.</source>
        <translation>Der Download wurde unverschlüsselt an {host} weitergeleitet.</translation>
    </message>
    <message>
        <source>The engine at {address} does not accept this code.</source>
        <translation>Die Engine unter {address} nimmt diesen Code nicht an.</translation>
    </message>
    <message>
        <source>The engine at {address} has ended the stream: {reason}</source>
        <translation>Die Engine unter {address} hat den Strom beendet: {reason}</translation>
    </message>
    <message>
        <source>The engine at {address} has no place for another stream.</source>
        <translation>Die Engine unter {address} hat keinen Platz für einen weiteren Strom.</translation>
    </message>
    <message>
        <source>The engine at {address} has stopped answering.</source>
        <translation>Die Engine unter {address} antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>The engine at {address} is not paired with this computer.</source>
        <translation>Die Engine unter {address} ist nicht mit diesem Computer gekoppelt.</translation>
    </message>
    <message>
        <source>The engine at {address} is not the one that was paired: its certificate is another.</source>
        <translation>Die Engine unter {address} ist nicht die gekoppelte: Sie hat ein anderes Zertifikat.</translation>
    </message>
    <message>
        <source>The engine at {address} refuses: {reason}</source>
        <translation>Die Engine unter {address} lehnt ab: {reason}</translation>
    </message>
    <message>
        <source>The engine at {address} sends no pictures any more.</source>
        <translation>Die Engine unter {address} sendet keine Bilder mehr.</translation>
    </message>
    <message>
        <source>The film is not complete, and was not signed.</source>
        <translation>Der Film ist nicht vollständig und wurde nicht signiert.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be read: {reason}.</source>
        <translation>Der Ordner {folder} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The frame rate</source>
        <translation>Die Bildrate</translation>
    </message>
    <message>
        <source>The key would be sent without encryption.</source>
        <translation>Der Schlüssel würde unverschlüsselt gesendet.</translation>
    </message>
    <message>
        <source>The library of PipeWire is not installed.</source>
        <translation>Die Bibliothek von PipeWire ist nicht installiert.</translation>
    </message>
    <message>
        <source>The library pyvirtualcam is not installed.</source>
        <translation>Die Bibliothek pyvirtualcam ist nicht installiert.</translation>
    </message>
    <message>
        <source>The list of new versions cannot be believed: {reason}.</source>
        <translation>Der Liste neuer Versionen ist nicht zu trauen: {reason}.</translation>
    </message>
    <message>
        <source>The list of new versions could not be had: {reason}.</source>
        <translation>Die Liste neuer Versionen war nicht abrufbar: {reason}.</translation>
    </message>
    <message>
        <source>The list of new versions is not the makers&apos; own: {reason}.</source>
        <translation>Die Liste neuer Versionen stammt nicht von den Herstellern: {reason}.</translation>
    </message>
    <message>
        <source>The list of new versions was good until {day} and has not been renewed: nobody makes new versions any more, or newer lists are kept from this computer.</source>
        <translation>Die Liste neuer Versionen galt bis {day} und wurde nicht erneuert: Niemand macht mehr neue Versionen, oder neuere Listen werden diesem Computer vorenthalten.</translation>
    </message>
    <message>
        <source>The list of paired devices cannot be written: {reason}.</source>
        <translation>Die Liste der gekoppelten Geräte lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The name {file} is too long.</source>
        <translation>Der Name {file} ist zu lang.</translation>
    </message>
    <message>
        <source>The network that finds people cannot be loaded: {reason}.</source>
        <translation>Das Netz, das Personen findet, kann nicht geladen werden: {reason}.</translation>
    </message>
    <message>
        <source>The number of streams</source>
        <translation>Die Zahl der Streams</translation>
    </message>
    <message>
        <source>The other computer: {reason}.</source>
        <translation>Der andere Computer: {reason}.</translation>
    </message>
    <message>
        <source>The output cannot be {size}: video formats need even sides.</source>
        <translation>Die Ausgabe kann nicht {size} sein: Videoformate brauchen gerade Seitenlängen.</translation>
    </message>
    <message>
        <source>The output&apos;s height</source>
        <translation>Die Höhe der Ausgabe</translation>
    </message>
    <message>
        <source>The output&apos;s width</source>
        <translation>Die Breite der Ausgabe</translation>
    </message>
    <message>
        <source>The picture is now closer to your camera&apos;s; raise the strength if you do not want that.</source>
        <translation>Das Bild ist nun näher an dem Ihrer Kamera; erhöhen Sie die Stärke, wenn Sie das nicht möchten.</translation>
    </message>
    <message>
        <source>The picture {name!r} cannot be read: {reason}.</source>
        <translation>Das Bild {name!r} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The pictures are complete.</source>
        <translation>Die Bilder sind vollständig.</translation>
    </message>
    <message>
        <source>The port of the control interface</source>
        <translation>Der Port der Steuerschnittstelle</translation>
    </message>
    <message>
        <source>The port that OSC is received at</source>
        <translation>Der Port, an dem OSC empfangen wird,</translation>
    </message>
    <message>
        <source>The port that OSC is sent to</source>
        <translation>Der Port, an den OSC gesendet wird,</translation>
    </message>
    <message>
        <source>The preset could not be removed: {reason}.</source>
        <translation>Die Voreinstellung konnte nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>The preset {name} has lowered the strength from {before:.2f} to {after:.2f}.</source>
        <translation>Die Voreinstellung {name} hat die Stärke von {before:.2f} auf {after:.2f} gesenkt.</translation>
    </message>
    <message>
        <source>The program&apos;s documentation lists the commands and their words.</source>
        <translation>Die Dokumentation des Programms führt die Befehle und ihre Wörter auf.</translation>
    </message>
    <message>
        <source>The rest is complete.</source>
        <translation>Der Rest ist vollständig.</translation>
    </message>
    <message>
        <source>The scale {scale:g} of {component} is not usable.</source>
        <translation>Der Faktor {scale:g} von {component} ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The service refuses the broadcast (HTTP {status}).</source>
        <translation>Der Dienst lehnt die Übertragung ab (HTTP {status}).</translation>
    </message>
    <message>
        <source>The signing key cannot be read: {reason}.</source>
        <translation>Der Signaturschlüssel lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>The signing key cannot be stored: {reason}.</source>
        <translation>Der Signaturschlüssel lässt sich nicht speichern: {reason}.</translation>
    </message>
    <message>
        <source>The signing key in {path} cannot be used.</source>
        <translation>Der Signaturschlüssel in {path} ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The size of {path} is below zero.</source>
        <translation>Die Größe von {path} liegt unter null.</translation>
    </message>
    <message>
        <source>The sound of {file} ends early, because it cannot be read any further.</source>
        <translation>Der Ton von {file} endet früh, weil er sich nicht weiter lesen lässt.</translation>
    </message>
    <message>
        <source>The sound of {file} is of a kind that cannot be read; the new film is silent.</source>
        <translation>Der Ton von {file} ist von einer Art, die sich nicht lesen lässt; der neue Film ist stumm.</translation>
    </message>
    <message>
        <source>The stream begins again as soon as it can; or compute on this computer.</source>
        <translation>Der Strom beginnt wieder, sobald es geht; oder berechnen Sie auf diesem Computer.</translation>
    </message>
    <message>
        <source>The stream goes on as soon as it answers again; or compute on this computer.</source>
        <translation>Der Strom geht weiter, sobald sie wieder antwortet; oder berechnen Sie auf diesem Computer.</translation>
    </message>
    <message>
        <source>The stream goes on as soon as it does again; or compute on this computer.</source>
        <translation>Der Strom geht weiter, sobald sie es wieder tut; oder berechnen Sie auf diesem Computer.</translation>
    </message>
    <message>
        <source>The style {style} brings another {component} than the catalogue&apos;s.</source>
        <translation>Der Stil {style} bringt ein anderes {component} mit als das des Katalogs.</translation>
    </message>
    <message>
        <source>The time of a fade</source>
        <translation>Die Überblendzeit</translation>
    </message>
    <message>
        <source>The time to drain</source>
        <translation>Die Zeit zum Auslaufen</translation>
    </message>
    <message>
        <source>The window does not answer.</source>
        <translation>Das Fenster antwortet nicht.</translation>
    </message>
    <message>
        <source>There are {count} cues in the list.</source>
        <translation>In der Liste stehen {count} Cues.</translation>
    </message>
    <message>
        <source>There can be at most {most} cues.</source>
        <translation>Es kann höchstens {most} Cues geben.</translation>
    </message>
    <message>
        <source>There is no X11 display to take keys from.</source>
        <translation>Es gibt keine X11-Anzeige, von der Tasten kommen könnten.</translation>
    </message>
    <message>
        <source>There is no computer named {host}.</source>
        <translation>Es gibt keinen Computer namens {host}.</translation>
    </message>
    <message>
        <source>There is no cue {number}.</source>
        <translation>Es gibt keinen Cue {number}.</translation>
    </message>
    <message>
        <source>There is no file {file}.</source>
        <translation>Es gibt keine Datei {file}.</translation>
    </message>
    <message>
        <source>There is no picture to show behind you.</source>
        <translation>Es gibt kein Bild, das hinter Ihnen gezeigt werden kann.</translation>
    </message>
    <message>
        <source>There is no preset {name}.</source>
        <translation>Es gibt keine Voreinstellung {name}.</translation>
    </message>
    <message>
        <source>There is no second style to blend in.</source>
        <translation>Es gibt keinen zweiten Stil zum Mischen.</translation>
    </message>
    <message>
        <source>There is no styled picture yet.</source>
        <translation>Es gibt noch kein stilisiertes Bild.</translation>
    </message>
    <message>
        <source>There is no system camera: neither PipeWire nor the driver v4l2loopback is ready.</source>
        <translation>Es gibt keine Systemkamera: Weder PipeWire noch der Treiber v4l2loopback ist bereit.</translation>
    </message>
    <message>
        <source>This Wayland desktop gives programs no keys of their own.</source>
        <translation>Diese Wayland-Oberfläche gibt Programmen keine eigenen Tasten.</translation>
    </message>
    <message>
        <source>This build of the program does not look for new versions.</source>
        <translation>Diese Ausgabe des Programms sucht nicht nach neuen Versionen.</translation>
    </message>
    <message>
        <source>This computer is in no local network.</source>
        <translation>Dieser Rechner ist in keinem lokalen Netz.</translation>
    </message>
    <message>
        <source>This desktop cannot ask for an administrator&apos;s password; nothing was changed.</source>
        <translation>Dieser Desktop kann nicht nach dem Passwort eines Administrators fragen; es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>This keyboard has no key {keys}.</source>
        <translation>Diese Tastatur hat keine Taste {keys}.</translation>
    </message>
    <message>
        <source>This system has no key store to keep the secret in.</source>
        <translation>Dieses System hat keinen Schlüsselbund, in dem das Geheimnis liegen könnte.</translation>
    </message>
    <message>
        <source>To keep it, turn it into AAC with another program first.</source>
        <translation>Um ihn zu behalten, wandeln Sie ihn vorher mit einem anderen Programm in AAC um.</translation>
    </message>
    <message>
        <source>Too many commands are waiting.</source>
        <translation>Es warten zu viele Befehle.</translation>
    </message>
    <message>
        <source>Try again, or ask the computer&apos;s administrator.</source>
        <translation>Versuchen Sie es noch einmal, oder fragen Sie den Administrator des Computers.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Use a short path within the component&apos;s own folder, without reserved names.</source>
        <translation>Verwenden Sie einen kurzen Pfad im Ordner des Bestandteils, ohne reservierte Namen.</translation>
    </message>
    <message>
        <source>Use an address that begins with https://.</source>
        <translation>Verwenden Sie eine Adresse, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Use even numbers, such as 1280x720.</source>
        <translation>Verwenden Sie gerade Zahlen, etwa 1280x720.</translation>
    </message>
    <message>
        <source>Use one line of at most {longest} characters.</source>
        <translation>Verwenden Sie eine Zeile mit höchstens {longest} Zeichen.</translation>
    </message>
    <message>
        <source>Use {endings}.</source>
        <translation>Nehmen Sie {endings}.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>Warten Sie einen Augenblick, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Wait until one ends, or let it take more with the option --streams of its command.</source>
        <translation>Warten Sie, bis einer endet, oder lassen Sie mit der Option --streams ihres Befehls mehr zu.</translation>
    </message>
    <message>
        <source>What answers at {address} is not an engine of this program.</source>
        <translation>Was unter {address} antwortet, ist keine Engine dieses Programms.</translation>
    </message>
    <message>
        <source>Write it as OWNER/NAME.</source>
        <translation>Schreiben Sie es als OWNER/NAME.</translation>
    </message>
    <message>
        <source>Write it as https://HOST:PORT, as the other computer shows it.</source>
        <translation>Schreiben Sie sie als https://HOST:PORT, wie der andere Computer sie zeigt.</translation>
    </message>
    <message>
        <source>Write the address as https://HOST:PORT.</source>
        <translation>Schreiben Sie die Adresse als https://HOST:PORT.</translation>
    </message>
    <message>
        <source>You have no permission to write to {node}.</source>
        <translation>Es fehlt das Recht, in {node} zu schreiben.</translation>
    </message>
    <message>
        <source>Your certificate ended on {date}: what it signs would not be valid.</source>
        <translation>Ihr Zertifikat ist am {date} abgelaufen: Was es unterschreibt, wäre nicht gültig.</translation>
    </message>
    <message>
        <source>no reason is given.</source>
        <translation>ohne Angabe eines Grundes.</translation>
    </message>
    <message>
        <source>systemctl --user start pipewire wireplumber</source>
        <translation>systemctl --user start pipewire wireplumber</translation>
    </message>
    <message>
        <source>{address} is no address of a broadcast.</source>
        <translation>{address} ist keine Adresse für eine Übertragung.</translation>
    </message>
    <message>
        <source>{count} places of {file} are damaged and were left out.</source>
        <translation>{count} Stellen von {file} sind beschädigt und wurden ausgelassen.</translation>
    </message>
    <message>
        <source>{file} holds no certificates.</source>
        <translation>{file} enthält keine Zertifikate.</translation>
    </message>
    <message>
        <source>{file} is complete, but could not be signed: {reason}.</source>
        <translation>{file} ist vollständig, konnte aber nicht signiert werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} is complete, but files of its kind cannot be signed.</source>
        <translation>{file} ist vollständig, aber Dateien dieser Art können nicht signiert werden.</translation>
    </message>
    <message>
        <source>{file} is cut off: it has only {count} of its {expected} pictures.</source>
        <translation>{file} ist abgeschnitten: Es hat nur {count} von {expected} Bildern.</translation>
    </message>
    <message>
        <source>{file} is larger than {size:.0f} GB, which no model&apos;s file should be.</source>
        <translation>{file} ist größer als {size:.0f} GB; so groß sollte keine Modelldatei sein.</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>{file} fehlt</translation>
    </message>
    <message>
        <source>{file} is neither a picture nor a video that can be read.</source>
        <translation>{file} ist weder ein Bild noch ein Video, das gelesen werden kann.</translation>
    </message>
    <message>
        <source>{keys} cannot be a key for every program: it is needed for typing.</source>
        <translation>{keys} kann keine Taste für alle Programme sein: Sie wird zum Schreiben gebraucht.</translation>
    </message>
    <message>
        <source>{keys} cannot be used as a key for every program.</source>
        <translation>{keys} eignet sich nicht als Taste für alle Programme.</translation>
    </message>
    <message>
        <source>{most} devices are paired already.</source>
        <translation>Es sind schon {most} Geräte gekoppelt.</translation>
    </message>
    <message>
        <source>{name!r} is not a list of cues.</source>
        <translation>{name!r} ist keine Liste von Cues.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{name} is {value}, but must lie between {low} and {high}.</source>
        <translation>{name} ist {value}, muss aber zwischen {low} und {high} liegen.</translation>
    </message>
    <message>
        <source>{node} cannot be opened: {reason}.</source>
        <translation>{node} lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}.</source>
        <translation>{path} lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be played: its pictures of {width}x{height} are too large.</source>
        <translation>{path} kann nicht abgespielt werden: Die Bilder sind mit {width}x{height} zu groß.</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file.</source>
        <translation>{path} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{path} is protected against writing.</source>
        <translation>{path} ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>{peer} is not an address that OSC can be exchanged with.</source>
        <translation>{peer} ist keine Adresse, mit der sich OSC austauschen lässt.</translation>
    </message>
    <message>
        <source>{which!r} is not a valid screen.</source>
        <translation>{which!r} ist kein gültiger Bildschirm.</translation>
    </message>
    <message>
        <source>Install it, or choose another accelerator.</source>
        <translation>Installieren Sie es, oder wählen Sie einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is the name of one of the catalogue&apos;s own components.</source>
        <translation>„{name}“ ist der Name eines Bestandteils aus dem Katalog.</translation>
    </message>
    <message>
        <source>&apos;{repo}&apos; is not a valid repository.</source>
        <translation>„{repo}“ ist kein gültiges Repository.</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is not a valid title.</source>
        <translation>„{title}“ ist kein gültiger Titel.</translation>
    </message>
    <message>
        <source>Another program is writing to {camera} ({node}).</source>
        <translation>Ein anderes Programm schreibt in {camera} ({node}).</translation>
    </message>
    <message>
        <source>Another program keeps the camera in the picture format {format}.</source>
        <translation>Ein anderes Programm hält die Kamera beim Bildformat {format}.</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Das Programm neu installieren.</translation>
    </message>
    <message>
        <source>It comes back by itself when it can.</source>
        <translation>Sie kommt von selbst zurück, sobald sie kann.</translation>
    </message>
    <message>
        <source>It is for another model, or damaged; use one for Stable Diffusion 1.5.</source>
        <translation>Sie ist für ein anderes Modell oder beschädigt; nehmen Sie eine für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Its styles are {styles}.</source>
        <translation>Seine Stile sind {styles}.</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on at {size}, enlarged.</source>
        <translation>Der Speicher reichte nicht; der Stream geht mit {size} weiter, vergrößert.</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on with denoising steps: {steps}.</source>
        <translation>Der Speicher reichte nicht; der Stream geht mit weniger Schritten weiter: {steps}.</translation>
    </message>
    <message>
        <source>Memory ran out; the stream goes on with past frames kept in 8 bits.</source>
        <translation>Der Speicher reichte nicht; der Stream geht weiter und behält frühere Bilder in 8 Bit.</translation>
    </message>
    <message>
        <source>Model files</source>
        <translation>Modelldateien</translation>
    </message>
    <message>
        <source>No camera is called {which!r}.</source>
        <translation>Keine Kamera heißt {which!r}.</translation>
    </message>
    <message>
        <source>OBS Studio is not installed</source>
        <translation>OBS Studio ist nicht installiert</translation>
    </message>
    <message>
        <source>Only checkpoints, LoRAs and embeddings for Stable Diffusion 1.5 can be used.</source>
        <translation>Verwendbar sind nur Checkpoints, LoRAs und Embeddings für Stable Diffusion 1.5.</translation>
    </message>
    <message>
        <source>Plug it in, or choose one that `devices` lists.</source>
        <translation>Stecken Sie sie ein, oder wählen Sie eine andere aus der Liste.</translation>
    </message>
    <message>
        <source>Put both into the prompt, or choose the built-in model.</source>
        <translation>Schreiben Sie beide in die Beschreibung, oder wählen Sie das eingebaute Modell.</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>PyTorch (default)</source>
        <translation>PyTorch (Standard)</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Read {licence} and accept it to go on.</source>
        <translation>Lesen Sie {licence}, und stimmen Sie zu, um fortzufahren.</translation>
    </message>
    <message>
        <source>Record the screen instead.</source>
        <translation>Nehmen Sie stattdessen den Bildschirm auf.</translation>
    </message>
    <message>
        <source>Reinstall it, or choose another accelerator.</source>
        <translation>Installieren Sie es neu, oder wählen Sie einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>Remove it first (models remove {model}/{name}) or choose another name.</source>
        <translation>Entfernen Sie ihn zuerst (models remove {model}/{name}), oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Remove it, or make it your own with: chmod 700 {folder}</source>
        <translation>Entfernen Sie ihn, oder machen Sie ihn zu Ihrem: chmod 700 {folder}</translation>
    </message>
    <message>
        <source>Restart the computer.</source>
        <translation>Starten Sie den Computer neu.</translation>
    </message>
    <message>
        <source>Run installer/windows/virtual_camera.ps1 -Install, or install OBS Studio.</source>
        <translation>Führen Sie installer/windows/virtual_camera.ps1 -Install aus, oder installieren Sie OBS Studio.</translation>
    </message>
    <message>
        <source>Run the set-up once: installer/linux/virtual_camera.sh install</source>
        <translation>Führen Sie einmal die Einrichtung aus: installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>Run: python main.py doctor</source>
        <translation>Führen Sie aus: python main.py doctor</translation>
    </message>
    <message>
        <source>Screen {number} can no longer be recorded.</source>
        <translation>Bildschirm {number} kann nicht mehr aufgenommen werden.</translation>
    </message>
    <message>
        <source>See what is missing: python main.py doctor</source>
        <translation>Was fehlt, zeigt: python main.py doctor</translation>
    </message>
    <message>
        <source>Set the display to millions of colours.</source>
        <translation>Stellen Sie den Bildschirm auf Millionen Farben ein.</translation>
    </message>
    <message>
        <source>Show it again; the stream resumes when it is back.</source>
        <translation>Zeigen Sie es wieder an; der Stream läuft weiter, sobald es zurück ist.</translation>
    </message>
    <message>
        <source>Show the styled picture, then save it again.</source>
        <translation>Zeigen Sie das gestaltete Bild und speichern Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Show the styled picture.</source>
        <translation>Zeigen Sie das gestaltete Bild.</translation>
    </message>
    <message>
        <source>Start a new recording.</source>
        <translation>Beginnen Sie eine neue Aufnahme.</translation>
    </message>
    <message>
        <source>Start it first.</source>
        <translation>Starten Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Start the recording first.</source>
        <translation>Beginnen Sie zuerst die Aufnahme.</translation>
    </message>
    <message>
        <source>Start the stream again.</source>
        <translation>Starten Sie den Stream neu.</translation>
    </message>
    <message>
        <source>Stop that program&apos;s virtual camera; this one comes back by itself.</source>
        <translation>Beenden Sie die virtuelle Kamera jenes Programms; diese kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>Stop the stream, choose the style, and start again.</source>
        <translation>Beenden Sie den Stream, wählen Sie den Stil, und starten Sie neu.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Struktur</translation>
    </message>
    <message>
        <source>TensorRT</source>
        <translation>TensorRT</translation>
    </message>
    <message>
        <source>TensorRT reads past frames in the model&apos;s own precision only.</source>
        <translation>TensorRT liest vergangene Bilder nur in der Genauigkeit des Modells.</translation>
    </message>
    <message>
        <source>The LoRA {file} does not fit: {reason}.</source>
        <translation>Das LoRA {file} passt nicht: {reason}.</translation>
    </message>
    <message>
        <source>The accelerator {name!r} is not available for this model on this device.</source>
        <translation>Der Beschleuniger {name!r} ist für dieses Modell auf diesem Gerät nicht verfügbar.</translation>
    </message>
    <message>
        <source>The built-in model has no style {style!r}.</source>
        <translation>Das eingebaute Modell hat keinen Stil {style!r}.</translation>
    </message>
    <message>
        <source>The built-in model&apos;s {file} cannot be read: {reason}.</source>
        <translation>Die Datei {file} des eingebauten Modells ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The camera driver v4l2loopback is not loaded.</source>
        <translation>Der Kameratreiber v4l2loopback ist nicht geladen.</translation>
    </message>
    <message>
        <source>The camera {camera} is in use by another program or does not answer.</source>
        <translation>Die Kamera {camera} wird von einem anderen Programm benutzt oder antwortet nicht.</translation>
    </message>
    <message>
        <source>The camera {camera} is not there.</source>
        <translation>Die Kamera {camera} ist nicht da.</translation>
    </message>
    <message>
        <source>The camera&apos;s height</source>
        <translation>Die Höhe der Kamera</translation>
    </message>
    <message>
        <source>The camera&apos;s rate</source>
        <translation>Die Bildrate der Kamera</translation>
    </message>
    <message>
        <source>The camera&apos;s width</source>
        <translation>Die Breite der Kamera</translation>
    </message>
    <message>
        <source>The disk is full: {file} could not be completed.</source>
        <translation>Der Datenträger ist voll: {file} konnte nicht fertiggestellt werden.</translation>
    </message>
    <message>
        <source>The disk is full: {file} could not be written.</source>
        <translation>Der Datenträger ist voll: {file} konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>Der Datenträger von {folder} ist voll.</translation>
    </message>
    <message>
        <source>The download failed: {reason}.</source>
        <translation>Das Herunterladen ist gescheitert: {reason}.</translation>
    </message>
    <message>
        <source>The embedding {word} has {channels} channels, the text encoder {expected}.</source>
        <translation>Das Embedding {word} hat {channels} Kanäle, der Textkodierer {expected}.</translation>
    </message>
    <message>
        <source>The folder for recordings cannot be used: {reason}.</source>
        <translation>Der Ordner für Aufnahmen ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be used: {reason}.</source>
        <translation>Der Ordner {folder} lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>The folder {folder} is not this user&apos;s alone.</source>
        <translation>Der Ordner {folder} gehört nicht allein diesem Benutzer.</translation>
    </message>
    <message>
        <source>The host answered {status} for {file}.</source>
        <translation>Der Anbieter antwortete {status} auf {file}.</translation>
    </message>
    <message>
        <source>The host no longer has {file} (it answered {status}).</source>
        <translation>Der Anbieter hat {file} nicht mehr (er antwortete {status}).</translation>
    </message>
    <message>
        <source>The host sent a web page instead of {file}.</source>
        <translation>Der Anbieter schickte eine Webseite statt {file}.</translation>
    </message>
    <message>
        <source>The input&apos;s frame rate</source>
        <translation>Die Bildrate des Eingangs</translation>
    </message>
    <message>
        <source>The input&apos;s height</source>
        <translation>Die Höhe des Eingangs</translation>
    </message>
    <message>
        <source>The input&apos;s width</source>
        <translation>Die Breite des Eingangs</translation>
    </message>
    <message>
        <source>The installed {library} is for torch{wanted}, and torch {present} is installed.</source>
        <translation>Die installierte Version von {library} ist für torch{wanted}, installiert ist torch {present}.</translation>
    </message>
    <message>
        <source>The model ran out of memory.</source>
        <translation>Dem Modell ging der Speicher aus.</translation>
    </message>
    <message>
        <source>The models are {models}.</source>
        <translation>Die Modelle sind {models}.</translation>
    </message>
    <message>
        <source>The network of {file} cannot be built: {reason}.</source>
        <translation>Das Netz von {file} lässt sich nicht aufbauen: {reason}.</translation>
    </message>
    <message>
        <source>The number of steps</source>
        <translation>Die Zahl der Schritte</translation>
    </message>
    <message>
        <source>The picture&apos;s size changed from {expected} to {size}.</source>
        <translation>Die Bildgröße änderte sich von {expected} zu {size}.</translation>
    </message>
    <message>
        <source>The placeholder&apos;s picture {name!r} cannot be read.</source>
        <translation>Das Bild {name!r} für den Platzhalter ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The recording stopped: {reason}.</source>
        <translation>Die Aufnahme brach ab: {reason}.</translation>
    </message>
    <message>
        <source>The seed</source>
        <translation>Der Startwert</translation>
    </message>
    <message>
        <source>The snapshot {file} could not be saved: {reason}.</source>
        <translation>Der Schnappschuss {file} konnte nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>The still could not be saved.</source>
        <translation>Das Standbild konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The style {style} cannot be used: {reason}.</source>
        <translation>Der Stil {style} ist nicht benutzbar: {reason}.</translation>
    </message>
    <message>
        <source>The style {style} has a network of its own.</source>
        <translation>Der Stil {style} hat ein eigenes Netz.</translation>
    </message>
    <message>
        <source>The untouched camera picture cannot be the placeholder.</source>
        <translation>Das unveränderte Kamerabild kann nicht der Platzhalter sein.</translation>
    </message>
    <message>
        <source>The virtual camera does not open: {reason}.</source>
        <translation>Die virtuelle Kamera lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>The virtual camera has failed.</source>
        <translation>Die virtuelle Kamera ist ausgefallen.</translation>
    </message>
    <message>
        <source>The virtual camera has gone: {reason}</source>
        <translation>Die virtuelle Kamera ist weg: {reason}</translation>
    </message>
    <message>
        <source>The virtual camera is in use by another window of this program.</source>
        <translation>Die virtuelle Kamera wird von einem anderen Fenster dieses Programms benutzt.</translation>
    </message>
    <message>
        <source>The virtual camera is not open.</source>
        <translation>Die virtuelle Kamera ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>The virtual camera&apos;s process cannot be started: {reason}.</source>
        <translation>Der Prozess der virtuellen Kamera lässt sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>The virtual camera&apos;s process ends as soon as it is started: {reason}</source>
        <translation>Der Prozess der virtuellen Kamera endet sofort nach dem Start: {reason}</translation>
    </message>
    <message>
        <source>The weight of the blend</source>
        <translation>Der Anteil der Mischung</translation>
    </message>
    <message>
        <source>&apos;{digest}&apos; of {path} is not a valid digest.</source>
        <translation>„{digest}“ von {path} ist keine gültige Prüfsumme.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a valid name for a component or a style.</source>
        <translation>„{name}“ ist kein gültiger Name für eine Komponente oder einen Stil.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not the name of a style.</source>
        <translation>„{name}“ ist nicht der Name eines Stils.</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is not a valid file name for a component.</source>
        <translation>„{path}“ ist kein gültiger Dateiname für eine Komponente.</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not a valid size.</source>
        <translation>„{text}“ ist keine gültige Größe.</translation>
    </message>
    <message>
        <source>A panic has come in since.</source>
        <translation>Inzwischen ist eine Panik gekommen.</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>Eine Voreinstellung braucht einen Namen.</translation>
    </message>
    <message>
        <source>A processor cannot compute in {precision}.</source>
        <translation>Ein Prozessor kann nicht in {precision} rechnen.</translation>
    </message>
    <message>
        <source>A single window can be recorded only on Linux with X11.</source>
        <translation>Ein einzelnes Fenster kann nur unter Linux mit X11 aufgenommen werden.</translation>
    </message>
    <message>
        <source>Accept its terms on the host&apos;s website, and enter your access token here.</source>
        <translation>Nehmen Sie auf der Website des Anbieters die Bedingungen an, und geben Sie hier Ihr Zugriffstoken ein.</translation>
    </message>
    <message>
        <source>Accept its terms on the host&apos;s website, then log in or enter your access token here.</source>
        <translation>Nehmen Sie auf der Website des Anbieters die Bedingungen an, und melden Sie sich dann an oder geben Sie hier Ihr Zugriffstoken ein.</translation>
    </message>
    <message>
        <source>Add Ctrl, Alt or Meta, or use a function key.</source>
        <translation>Nehmen Sie Strg, Alt oder Meta dazu, oder eine Funktionstaste.</translation>
    </message>
    <message>
        <source>Allow network access, or choose a local folder that has it.</source>
        <translation>Erlauben Sie den Netzzugriff, oder wählen Sie einen lokalen Ordner, der es enthält.</translation>
    </message>
    <message>
        <source>Another program has taken the key {keys}.</source>
        <translation>Ein anderes Programm hat die Taste {keys} belegt.</translation>
    </message>
    <message>
        <source>Another program uses the port {port}.</source>
        <translation>Ein anderes Programm benutzt den Port {port}.</translation>
    </message>
    <message>
        <source>Check its address and its key.</source>
        <translation>Prüfen Sie Adresse und Schlüssel.</translation>
    </message>
    <message>
        <source>Check its cable; the stream resumes when it is back.</source>
        <translation>Prüfen Sie das Kabel; der Stream läuft weiter, sobald sie wieder da ist.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>Check that the system has MIDI, and that the device is connected.</source>
        <translation>Prüfen Sie, ob das System MIDI hat und das Gerät angeschlossen ist.</translation>
    </message>
    <message>
        <source>Check that this computer is online, and try again later.</source>
        <translation>Prüfen Sie, ob dieser Computer online ist, und versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>Check that this computer is online, or choose a mirror or a local folder.</source>
        <translation>Prüfen Sie, ob dieser Computer online ist, oder wählen Sie einen Spiegel oder lokalen Ordner.</translation>
    </message>
    <message>
        <source>Check that this computer is online; what was received is kept.</source>
        <translation>Prüfen Sie, ob dieser Computer online ist; was schon geladen ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Choose a PNG, JPEG, MP4, MOV, MKV or WebM file.</source>
        <translation>Wählen Sie eine PNG-, JPEG-, MP4-, MOV-, MKV- oder WebM-Datei.</translation>
    </message>
    <message>
        <source>Choose a file that ends in {ending} or {former}.</source>
        <translation>Wählen Sie eine Datei, die auf {ending} oder {former} endet.</translation>
    </message>
    <message>
        <source>Choose a file that ends in {ending}.</source>
        <translation>Wählen Sie eine Datei, die auf {ending} endet.</translation>
    </message>
    <message>
        <source>Choose a letter, a digit or a function key, such as Ctrl+Shift+F9.</source>
        <translation>Wählen Sie einen Buchstaben, eine Ziffer oder eine Funktionstaste, etwa Strg+Umschalt+F9.</translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation>Wählen Sie einen kürzeren.</translation>
    </message>
    <message>
        <source>Choose a value from {low} to {high}.</source>
        <translation>Wählen Sie einen Wert von {low} bis {high}.</translation>
    </message>
    <message>
        <source>Choose another folder for the models.</source>
        <translation>Wählen Sie einen anderen Ordner für die Modelle.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>Wählen Sie einen anderen Ordner, oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Connect one, or try without: python main.py demo</source>
        <translation>Schließen Sie eine an, oder probieren Sie es ohne: python main.py demo</translation>
    </message>
    <message>
        <source>Correct its file.</source>
        <translation>Berichtigen Sie seine Datei.</translation>
    </message>
    <message>
        <source>Device permissions</source>
        <translation>Geräterechte</translation>
    </message>
    <message>
        <source>Do not use it; look for another version of it.</source>
        <translation>Verwenden Sie sie nicht; suchen Sie nach einer anderen Fassung.</translation>
    </message>
    <message>
        <source>Download it by hand and import it, if you trust its source.</source>
        <translation>Laden Sie es von Hand und importieren Sie es, wenn Sie der Quelle trauen.</translation>
    </message>
    <message>
        <source>Download it from its host.</source>
        <translation>Laden Sie es von seinem Anbieter.</translation>
    </message>
    <message>
        <source>Download it: python main.py models download {model}</source>
        <translation>Laden Sie es: python main.py models download {model}</translation>
    </message>
    <message>
        <source>Enter one.</source>
        <translation>Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>Flicker reduction</source>
        <translation>Flimmerfilter</translation>
    </message>
    <message>
        <source>Free some space on the models&apos; disk.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger der Modelle.</translation>
    </message>
    <message>
        <source>Free some space or move the models&apos; folder, then download again: it will resume.</source>
        <translation>Schaffen Sie Platz, oder verlegen Sie den Ordner der Modelle, und laden Sie erneut: Der Download wird fortgesetzt.</translation>
    </message>
    <message>
        <source>Free some space, or move the models&apos; folder to another disk.</source>
        <translation>Schaffen Sie Platz, oder verlegen Sie den Ordner der Modelle auf einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>Get the file from the person who shared the style, and import it.</source>
        <translation>Holen Sie die Datei bei der Person, die den Stil geteilt hat, und importieren Sie sie.</translation>
    </message>
    <message>
        <source>It may require a login: enter your access token here.</source>
        <translation>Vielleicht verlangt er eine Anmeldung: Geben Sie hier Ihr Zugriffstoken ein.</translation>
    </message>
    <message>
        <source>Keep past frames as exact as the model, or choose another accelerator.</source>
        <translation>Bewahren Sie vergangene Bilder so genau wie das Modell auf, oder wählen Sie einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>No usable name can be made from {file}.</source>
        <translation>Aus {file} lässt sich kein brauchbarer Name bilden.</translation>
    </message>
    <message>
        <source>No window is called {which!r}.</source>
        <translation>Kein Fenster heißt {which!r}.</translation>
    </message>
    <message>
        <source>Noise consistency</source>
        <translation>Rauschkonstanz</translation>
    </message>
    <message>
        <source>Not on this computer: {components}.</source>
        <translation>Nicht auf diesem Computer: {components}.</translation>
    </message>
    <message>
        <source>Open it, or choose another one.</source>
        <translation>Öffnen Sie es, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>OpenVINO cannot compile the built-in model: {reason}.</source>
        <translation>OpenVINO kann das eingebaute Modell nicht kompilieren: {reason}.</translation>
    </message>
    <message>
        <source>OpenVINO on Intel graphics</source>
        <translation>OpenVINO auf Intel-Grafik</translation>
    </message>
    <message>
        <source>OpenVINO on the CPU</source>
        <translation>OpenVINO auf der CPU</translation>
    </message>
    <message>
        <source>Original pictures are never saved.</source>
        <translation>Unveränderte Bilder werden nie gespeichert.</translation>
    </message>
    <message>
        <source>Original pictures are never written to a file.</source>
        <translation>Unveränderte Bilder werden nie in eine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Reading {file} took too much memory or time, and was stopped.</source>
        <translation>Das Lesen von {file} brauchte zu viel Speicher oder Zeit und wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Remove it from the local folder, so that the right one can be downloaded.</source>
        <translation>Entfernen Sie sie aus dem lokalen Ordner, damit die richtige geladen werden kann.</translation>
    </message>
    <message>
        <source>Rename the file, and change the name in it.</source>
        <translation>Benennen Sie die Datei um, und ändern Sie den Namen darin.</translation>
    </message>
    <message>
        <source>Repair the file, or remove it and add it again.</source>
        <translation>Berichtigen Sie die Datei, oder entfernen Sie sie und fügen Sie sie neu hinzu.</translation>
    </message>
    <message>
        <source>Set the environment variable {variable} during the download instead.</source>
        <translation>Setzen Sie stattdessen während des Downloads die Umgebungsvariable {variable}.</translation>
    </message>
    <message>
        <source>Stop the stream, then try again.</source>
        <translation>Beenden Sie den Strom, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The address of {file} is not valid: {reason}.</source>
        <translation>Die Adresse von {file} ist ungültig: {reason}.</translation>
    </message>
    <message>
        <source>The camera {name} no longer sends pictures.</source>
        <translation>Die Kamera {name} liefert keine Bilder mehr.</translation>
    </message>
    <message>
        <source>The catalogue lists no {role} for {model}.</source>
        <translation>Der Katalog nennt für {model} kein {role}.</translation>
    </message>
    <message>
        <source>The download needs {needed:.2f} GB, but {folder} has only {free:.2f} GB to spare.</source>
        <translation>Der Download braucht {needed:.2f} GB, aber {folder} hat nur {free:.2f} GB frei.</translation>
    </message>
    <message>
        <source>The embedding {file} holds no vectors.</source>
        <translation>Das Embedding {file} enthält keine Vektoren.</translation>
    </message>
    <message>
        <source>The host refuses to send {component}: {reason}.</source>
        <translation>Der Anbieter gibt {component} nicht heraus: {reason}.</translation>
    </message>
    <message>
        <source>The host requires a login for {file} (it answered {status}).</source>
        <translation>Der Anbieter verlangt für {file} eine Anmeldung (er antwortete {status}).</translation>
    </message>
    <message>
        <source>The model {model} has no style &apos;{name}&apos;.</source>
        <translation>Das Modell {model} hat keinen Stil „{name}“.</translation>
    </message>
    <message>
        <source>The networks that read faces cannot be loaded: {reason}.</source>
        <translation>Die Netze, die Gesichter lesen, können nicht geladen werden: {reason}.</translation>
    </message>
    <message>
        <source>The preset could not be saved: {reason}.</source>
        <translation>Die Voreinstellung konnte nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>The ranges of the built-in model cannot be read: {reason}.</source>
        <translation>Die Wertebereiche des eingebauten Modells sind nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>The style {style} cannot be written: {reason}.</source>
        <translation>Der Stil {style} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The style {style} is for the model &apos;{model}&apos;, which does not exist here.</source>
        <translation>Der Stil {style} ist für das Modell „{model}“, das es hier nicht gibt.</translation>
    </message>
    <message>
        <source>The window {name} was closed or is minimised.</source>
        <translation>Das Fenster {name} wurde geschlossen oder ist minimiert.</translation>
    </message>
    <message>
        <source>The {name} {side} is not supported.</source>
        <translation>{name} {side} wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>There is no X11 display whose windows can be recorded.</source>
        <translation>Es gibt kein X11-Display, dessen Fenster aufgenommen werden können.</translation>
    </message>
    <message>
        <source>There is no memory left for the virtual camera: {reason}.</source>
        <translation>Für die virtuelle Kamera ist kein Speicher mehr frei: {reason}.</translation>
    </message>
    <message>
        <source>There is no model &apos;{name}&apos;.</source>
        <translation>Es gibt kein Modell „{name}“.</translation>
    </message>
    <message>
        <source>This computer has no device {name!r}.</source>
        <translation>Dieser Computer hat kein Gerät {name!r}.</translation>
    </message>
    <message>
        <source>This model cannot make other pictures while a stream runs.</source>
        <translation>Dieses Modell kann keine anderen Bilder erzeugen, solange ein Stream läuft.</translation>
    </message>
    <message>
        <source>This program knows no place where {component} is published.</source>
        <translation>Dieses Programm kennt keinen Ort, an dem {component} veröffentlicht ist.</translation>
    </message>
    <message>
        <source>Under Wayland, log in to an X11 session.</source>
        <translation>Melden Sie sich unter Wayland in einer X11-Sitzung an.</translation>
    </message>
    <message>
        <source>Under Wayland, log in to an X11 session; elsewhere, allow screen recording.</source>
        <translation>Melden Sie sich unter Wayland in einer X11-Sitzung an; erlauben Sie sonst die Bildschirmaufnahme.</translation>
    </message>
    <message>
        <source>Use a mirror or a local folder, or a newer version of this program.</source>
        <translation>Nehmen Sie einen Spiegel, einen lokalen Ordner oder eine neuere Version dieses Programms.</translation>
    </message>
    <message>
        <source>Use at most 64 lower-case letters, digits, dots, hyphens and underscores.</source>
        <translation>Nehmen Sie höchstens 64 Kleinbuchstaben, Ziffern, Punkte, Binde- und Unterstriche.</translation>
    </message>
    <message>
        <source>Use multiples of 8 from 64 to {largest}, such as 512x512.</source>
        <translation>Nehmen Sie Vielfache von 8 von 64 bis {largest}, etwa 512x512.</translation>
    </message>
    <message>
        <source>What was made so far can be played: {kept}</source>
        <translation>Was bisher entstanden ist, lässt sich abspielen: {kept}</translation>
    </message>
    <message>
        <source>Windows of this display&apos;s colour depth cannot be recorded.</source>
        <translation>Fenster bei dieser Farbtiefe können nicht aufgenommen werden.</translation>
    </message>
    <message>
        <source>You are not allowed to read it.</source>
        <translation>Sie dürfen die Datei nicht lesen.</translation>
    </message>
    <message>
        <source>You are not allowed to use the camera {camera}.</source>
        <translation>Sie dürfen die Kamera {camera} nicht benutzen.</translation>
    </message>
    <message>
        <source>You are not allowed to write {path}.</source>
        <translation>Sie dürfen {path} nicht schreiben.</translation>
    </message>
    <message>
        <source>another program is writing to it, or has left it unusable</source>
        <translation>ein anderes Programm schreibt hinein oder hat es unbrauchbar hinterlassen</translation>
    </message>
    <message>
        <source>no permission to use {name} ({path})</source>
        <translation>keine Berechtigung, {name} ({path}) zu benutzen</translation>
    </message>
    <message>
        <source>no permission to use {node}</source>
        <translation>keine Berechtigung, {node} zu benutzen</translation>
    </message>
    <message>
        <source>none is called {camera}; found: {others}</source>
        <translation>keines heißt {camera}; gefunden: {others}</translation>
    </message>
    <message>
        <source>{file} could not be downloaded: {reason}.</source>
        <translation>{file} konnte nicht geladen werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} differs from the published file.</source>
        <translation>{file} weicht von der veröffentlichten Datei ab.</translation>
    </message>
    <message>
        <source>{file} differs from the published {component}.</source>
        <translation>{file} weicht von der veröffentlichten Komponente {component} ab.</translation>
    </message>
    <message>
        <source>{file} is longer than the published file.</source>
        <translation>{file} ist länger als die veröffentlichte Datei.</translation>
    </message>
    <message>
        <source>{file} is not a video format that can be written.</source>
        <translation>{file} ist kein Videoformat, das geschrieben werden kann.</translation>
    </message>
    <message>
        <source>{name!r} is not a preset.</source>
        <translation>{name!r} ist keine Voreinstellung.</translation>
    </message>
    <message>
        <source>There is already a style {model}/{name}.</source>
        <translation>Es gibt schon einen Stil {model}/{name}.</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not a colour.</source>
        <translation>„{text}“ ist keine Farbe.</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not the address of an engine.</source>
        <translation>„{text}“ ist nicht die Adresse einer Engine.</translation>
    </message>
    <message>
        <source>A part of a colour</source>
        <translation>Ein Farbanteil</translation>
    </message>
    <message>
        <source>Allow them when it asks, or bind `python main.py remote panic` in its settings.</source>
        <translation>Erlauben Sie sie, wenn sie fragt, oder legen Sie in ihren Einstellungen `python main.py remote panic` auf eine Taste.</translation>
    </message>
    <message>
        <source>Another computer cannot make other pictures while a stream runs.</source>
        <translation>Ein anderer Computer kann keine weiteren Bilder machen, während ein Strom läuft.</translation>
    </message>
    <message>
        <source>Another computer styles the whole picture only.</source>
        <translation>Ein anderer Computer gestaltet nur das ganze Bild.</translation>
    </message>
    <message>
        <source>Bind the command `python main.py remote panic` to a key in the desktop&apos;s settings.</source>
        <translation>Legen Sie in den Einstellungen der Oberfläche den Befehl `python main.py remote panic` auf eine Taste.</translation>
    </message>
    <message>
        <source>Bind the command `python main.py remote panic` to a key instead.</source>
        <translation>Legen Sie stattdessen den Befehl `python main.py remote panic` auf eine Taste.</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>Wangenröte</translation>
    </message>
    <message>
        <source>Check that both computers run the same version of this program.</source>
        <translation>Prüfen Sie, ob auf beiden Computern dieselbe Version dieses Programms läuft.</translation>
    </message>
    <message>
        <source>Check the address and its port.</source>
        <translation>Prüfen Sie die Adresse und ihren Port.</translation>
    </message>
    <message>
        <source>Check the address, that `python main.py serve` runs there, and that its firewall lets this computer in.</source>
        <translation>Prüfen Sie die Adresse, ob dort `python main.py serve` läuft und ob dessen Firewall diesen Computer durchlässt.</translation>
    </message>
    <message>
        <source>Check the name, or use the address in digits that the other computer shows.</source>
        <translation>Prüfen Sie den Namen, oder nehmen Sie die Adresse in Ziffern, die der andere Computer zeigt.</translation>
    </message>
    <message>
        <source>Choose another accelerator, or start the program from a copy of its repository, where .venv/bin/python -m pip install {library} adds it.</source>
        <translation>Wählen Sie einen anderen Beschleuniger, oder starten Sie das Programm aus einer Kopie seines Repositorys; dort fügt .venv/bin/python -m pip install {library} sie hinzu.</translation>
    </message>
    <message>
        <source>Choose another style if you like one better.</source>
        <translation>Wählen Sie einen anderen Stil, wenn Ihnen einer besser gefällt.</translation>
    </message>
    <message>
        <source>Choose other styles if you like them better.</source>
        <translation>Wählen Sie andere Stile, wenn Ihnen welche besser gefallen.</translation>
    </message>
    <message>
        <source>Enter the code that it shows now; each is good for one pairing.</source>
        <translation>Geben Sie den Code ein, den sie jetzt zeigt; jeder gilt für eine Kopplung.</translation>
    </message>
    <message>
        <source>Give one that begins with rtmp://, rtmps://, https:// or ndi://.</source>
        <translation>Geben Sie eine an, die mit rtmp://, rtmps://, https:// oder ndi:// beginnt.</translation>
    </message>
    <message>
        <source>If it was set up anew, pair again with the code that it shows; otherwise do not use it.</source>
        <translation>Wurde sie neu eingerichtet, koppeln Sie sie noch einmal mit dem Code, den sie zeigt; sonst benutzen Sie sie nicht.</translation>
    </message>
    <message>
        <source>Install a {library} made for this torch, or choose another accelerator.</source>
        <translation>Installieren Sie eine zu diesem Torch passende Version von {library}, oder wählen Sie einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>Install it from ndi.video, or broadcast by RTMP or WHIP.</source>
        <translation>Installieren Sie sie von ndi.video, oder übertragen Sie per RTMP oder WHIP.</translation>
    </message>
    <message>
        <source>Install its present version from ndi.video, or broadcast by RTMP or WHIP.</source>
        <translation>Installieren Sie ihre aktuelle Version von ndi.video, oder übertragen Sie per RTMP oder WHIP.</translation>
    </message>
    <message>
        <source>Install libxcb1, or bind `python main.py remote panic` in the desktop&apos;s settings.</source>
        <translation>Installieren Sie libxcb1, oder legen Sie in den Einstellungen der Oberfläche `python main.py remote panic` auf eine Taste.</translation>
    </message>
    <message>
        <source>It contains no picture that can be decoded.</source>
        <translation>Sie enthält kein Bild, das dekodiert werden kann.</translation>
    </message>
    <message>
        <source>It contains no video.</source>
        <translation>Sie enthält kein Video.</translation>
    </message>
    <message>
        <source>It is empty, damaged or not a video.</source>
        <translation>Sie ist leer, beschädigt oder kein Video.</translation>
    </message>
    <message>
        <source>The eye size</source>
        <translation>Die Augengröße</translation>
    </message>
    <message>
        <source>The line weight</source>
        <translation>Die Linienstärke</translation>
    </message>
    <message>
        <source>The screen cannot be recorded: {reason}.</source>
        <translation>Der Bildschirm kann nicht aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>The style {name} has been removed; {successor} is used instead.</source>
        <translation>Den Stil {name} gibt es nicht mehr; stattdessen wird {successor} verwendet.</translation>
    </message>
    <message>
        <source>The styles {first} and {second} have been removed; {nearest} and {next} are used instead.</source>
        <translation>Die Stile {first} und {second} gibt es nicht mehr; stattdessen werden {nearest} und {next} verwendet.</translation>
    </message>
    <message>
        <source>There is already a style {style} for {model}.</source>
        <translation>Es gibt schon einen Stil {style} für {model}.</translation>
    </message>
    <message>
        <source>There is no camera device called {camera}.</source>
        <translation>Es gibt kein Kameragerät namens {camera}.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>There is no screen {number}.</source>
        <translation>Es gibt keinen Bildschirm {number}.</translation>
    </message>
    <message>
        <source>There is no virtual camera: {reasons}</source>
        <translation>Es gibt keine virtuelle Kamera: {reasons}</translation>
    </message>
    <message>
        <source>There is none here, so use `demo`.</source>
        <translation>Hier ist keine, nehmen Sie also `demo`.</translation>
    </message>
    <message>
        <source>There is not enough memory for {model} at {size}.</source>
        <translation>Für {model} bei {size} reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough space for {file}.</source>
        <translation>Für {file} ist nicht genug Platz.</translation>
    </message>
    <message>
        <source>This system has no key store to keep the token in.</source>
        <translation>Dieses System hat keinen Schlüsselspeicher für das Token.</translation>
    </message>
    <message>
        <source>This would fit: {fit}.</source>
        <translation>Das würde passen: {fit}.</translation>
    </message>
    <message>
        <source>Try again later or from another mirror.</source>
        <translation>Versuchen Sie es später oder von einem anderen Spiegel.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>Try again; it resumes where it stopped.</source>
        <translation>Versuchen Sie es erneut; es wird an derselben Stelle fortgesetzt.</translation>
    </message>
    <message>
        <source>Two styles of this model cannot be blended.</source>
        <translation>Zwei Stile dieses Modells lassen sich nicht mischen.</translation>
    </message>
    <message>
        <source>Update OpenVINO or its driver, or choose another accelerator.</source>
        <translation>Aktualisieren Sie OpenVINO oder seinen Treiber, oder wählen Sie einen anderen Beschleuniger.</translation>
    </message>
    <message>
        <source>Use another mirror.</source>
        <translation>Nehmen Sie einen anderen Spiegel.</translation>
    </message>
    <message>
        <source>Use the built-in model on this computer.</source>
        <translation>Nehmen Sie auf diesem Computer das eingebaute Modell.</translation>
    </message>
    <message>
        <source>Virtual camera</source>
        <translation>Virtuelle Kamera</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Webcam {index}</source>
        <translation>Webcam {index}</translation>
    </message>
    <message>
        <source>Write it as #RRGGBB, or choose one of: {names}.</source>
        <translation>Schreiben Sie sie als #RRGGBB, oder wählen Sie eine von diesen: {names}.</translation>
    </message>
    <message>
        <source>Write it as MODEL/STYLE.</source>
        <translation>Schreiben Sie MODELL/STIL.</translation>
    </message>
    <message>
        <source>Write it as WIDTHxHEIGHT, such as 512x512.</source>
        <translation>Schreiben Sie BREITExHÖHE, etwa 512x512.</translation>
    </message>
    <message>
        <source>Write screen, screen:1, screen:2 and so on.</source>
        <translation>Schreiben Sie screen, screen:1, screen:2 und so weiter.</translation>
    </message>
    <message>
        <source>brew install --cask obs   # then start its virtual camera once</source>
        <translation>brew install --cask obs   # dann dessen virtuelle Kamera einmal starten</translation>
    </message>
    <message>
        <source>built for another kernel only</source>
        <translation>nur für einen anderen Kernel gebaut</translation>
    </message>
    <message>
        <source>exclusive_caps is not set: browsers do not list it</source>
        <translation>exclusive_caps ist nicht gesetzt: Browser zeigen es nicht an</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Die Höhe</translation>
    </message>
    <message>
        <source>installer/linux/virtual_camera.sh install</source>
        <translation>installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>installer/linux/virtual_camera.sh remove &amp;&amp; installer/linux/virtual_camera.sh install</source>
        <translation>installer/linux/virtual_camera.sh remove &amp;&amp; installer/linux/virtual_camera.sh install</translation>
    </message>
    <message>
        <source>missing in {folder}</source>
        <translation>fehlt in {folder}</translation>
    </message>
    <message>
        <source>missing: {packages}</source>
        <translation>es fehlt: {packages}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keine gefunden</translation>
    </message>
    <message>
        <source>none is called {camera}</source>
        <translation>keines heißt {camera}</translation>
    </message>
    <message>
        <source>none is registered</source>
        <translation>keine ist angemeldet</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>pip install pyvirtualcam</source>
        <translation>pip install pyvirtualcam</translation>
    </message>
    <message>
        <source>powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install</source>
        <translation>powershell -ExecutionPolicy Bypass installer\windows\virtual_camera.ps1 -Install</translation>
    </message>
    <message>
        <source>pyvirtualcam is missing</source>
        <translation>pyvirtualcam fehlt</translation>
    </message>
    <message>
        <source>sudo apt install {packages} &amp;&amp; sudo dkms autoinstall</source>
        <translation>sudo apt install {packages} &amp;&amp; sudo dkms autoinstall</translation>
    </message>
    <message>
        <source>sudo dkms autoinstall</source>
        <translation>sudo dkms autoinstall</translation>
    </message>
    <message>
        <source>sudo modprobe v4l2loopback</source>
        <translation>sudo modprobe v4l2loopback</translation>
    </message>
    <message>
        <source>sudo usermod -aG video $USER   # then log in again</source>
        <translation>sudo usermod -aG video $USER   # dann neu anmelden</translation>
    </message>
    <message>
        <source>torch.compile with CUDA graphs</source>
        <translation>torch.compile mit CUDA-Graphen</translation>
    </message>
    <message>
        <source>v4l2loopback is installed, but not loaded</source>
        <translation>v4l2loopback ist installiert, aber nicht geladen</translation>
    </message>
    <message>
        <source>v4l2loopback is not installed for this kernel</source>
        <translation>v4l2loopback ist für diesen Kernel nicht installiert</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Die Breite</translation>
    </message>
    <message>
        <source>xformers</source>
        <translation>xformers</translation>
    </message>
    <message>
        <source>{component} could not be reached at its host: {reason}.</source>
        <translation>{component} war bei seinem Anbieter nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>{component} is not installed, and the program is set to stay offline.</source>
        <translation>{component} ist nicht installiert, und das Programm soll offline bleiben.</translation>
    </message>
    <message>
        <source>{component} is not offered in the safetensors format.</source>
        <translation>{component} wird nicht im Format safetensors angeboten.</translation>
    </message>
    <message>
        <source>{component} is published under terms that were not accepted.</source>
        <translation>{component} ist unter Bedingungen veröffentlicht, die nicht angenommen wurden.</translation>
    </message>
    <message>
        <source>{count} cameras are called {which!r}.</source>
        <translation>{count} Kameras heißen {which!r}.</translation>
    </message>
    <message>
        <source>{count} windows are called {which!r}.</source>
        <translation>{count} Fenster heißen {which!r}.</translation>
    </message>
    <message>
        <source>{file} cannot be copied: {reason}.</source>
        <translation>{file} lässt sich nicht kopieren: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{file} does not fit: {reason}.</source>
        <translation>{file} passt nicht: {reason}.</translation>
    </message>
    <message>
        <source>{file} has {name} as {found}, expected {shape}.</source>
        <translation>{file} hat {name} als {found}, erwartet war {shape}.</translation>
    </message>
    <message>
        <source>{file} holds nothing that this program can use.</source>
        <translation>{file} enthält nichts, was dieses Programm brauchen kann.</translation>
    </message>
    <message>
        <source>{file} holds program code beside its weights, and was not opened.</source>
        <translation>{file} enthält neben den Gewichten Programmcode und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>{file} is a {role}, which cannot be imported by itself.</source>
        <translation>{file} ist {role} und lässt sich allein nicht importieren.</translation>
    </message>
    <message>
        <source>{file} is damaged: {name} has values that are no numbers.</source>
        <translation>{file} ist beschädigt: {name} hat Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>{file} is for {family}.</source>
        <translation>{file} ist für {family}.</translation>
    </message>
    <message>
        <source>{file} is neither a safetensors nor a present-day torch file, or is cut short.</source>
        <translation>{file} ist weder eine safetensors- noch eine heutige torch-Datei, oder sie ist abgeschnitten.</translation>
    </message>
    <message>
        <source>{file} is not a plain torch file: it would swell when opened.</source>
        <translation>{file} ist keine gewöhnliche Torch-Datei: Sie würde beim Öffnen anschwellen.</translation>
    </message>
    <message>
        <source>{file} is not open.</source>
        <translation>{file} ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>{file} is of the kind {found}, not {role}.</source>
        <translation>{file} ist von der Art {found}, nicht {role}.</translation>
    </message>
    <message>
        <source>{file} was downloaded, but differs from the published file.</source>
        <translation>{file} wurde geladen, weicht aber von der veröffentlichten Datei ab.</translation>
    </message>
    <message>
        <source>{file} was trained with other positions ({name}).</source>
        <translation>{file} wurde mit anderen Positionen trainiert ({name}).</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>{folder} ist nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>{folder} cannot be written to: {reason}.</source>
        <translation>In {folder} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>{folder} cannot hold the models: {reason}.</source>
        <translation>{folder} kann die Modelle nicht aufnehmen: {reason}.</translation>
    </message>
    <message>
        <source>{folder} has no weights.</source>
        <translation>{folder} hat keine Gewichte.</translation>
    </message>
    <message>
        <source>{library} cannot be loaded: {reason}.</source>
        <translation>{library} lässt sich nicht laden: {reason}.</translation>
    </message>
    <message>
        <source>{library} is not installed.</source>
        <translation>{library} ist nicht installiert.</translation>
    </message>
    <message>
        <source>{node} does not exist</source>
        <translation>{node} gibt es nicht</translation>
    </message>
    <message>
        <source>{node} does not exist.</source>
        <translation>{node} gibt es nicht.</translation>
    </message>
    <message>
        <source>{path} cannot be played: {why}</source>
        <translation>{path} lässt sich nicht abspielen: {why}</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{python} -m pip install torch</source>
        <translation>{python} -m pip install torch</translation>
    </message>
    <message>
        <source>{repo} has no {file} at revision {revision}.</source>
        <translation>{repo} hat kein {file} im Stand {revision}.</translation>
    </message>
    <message>
        <source>{size} with {steps} steps needs {needed:.1f} GB of memory, and {free:.1f} GB are free.</source>
        <translation>{size} mit {steps} Schritten braucht {needed:.1f} GB Speicher, frei sind {free:.1f} GB.</translation>
    </message>
    <message>
        <source>{source} failed: {reason}.</source>
        <translation>{source} ist gescheitert: {reason}.</translation>
    </message>
    <message>
        <source>{source} is not open.</source>
        <translation>{source} ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>{version} is too old</source>
        <translation>{version} ist zu alt</translation>
    </message>
    <message>
        <source>{where} cannot be read: {reason}.</source>
        <translation>{where} ist nicht lesbar: {reason}.</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>{0} runs on the CPU here, at about {1} frames/s.</source>
        <translation>{0} läuft hier auf der CPU, mit etwa {1} Bildern/s.</translation>
    </message>
    <message>
        <source>Use the demo</source>
        <translation>Demo verwenden</translation>
    </message>
    <message>
        <source>Download it…</source>
        <translation>Herunterladen…</translation>
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
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>Compute on this computer</source>
        <translation>Auf diesem Computer berechnen</translation>
    </message>
    <message>
        <source>Other programs cannot see the picture yet: there is no system webcam.</source>
        <translation>Andere Programme sehen das Bild noch nicht: Es gibt keine System-Webcam.</translation>
    </message>
    <message>
        <source>Version {0} is available.</source>
        <translation>Version {0} ist verfügbar.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Was ist neu</translation>
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
        <source>Recovering</source>
        <translation>Erholt sich</translation>
    </message>
    <message>
        <source>The network takes {0} ms; a cable is quicker than Wi-Fi.</source>
        <translation>Das Netz braucht {0} ms; ein Kabel ist schneller als WLAN.</translation>
    </message>
    <message>
        <source>The camera delivers {0} frames/s.</source>
        <translation>Die Kamera liefert {0} Bilder/s.</translation>
    </message>
    <message>
        <source>The model takes {0} ms per frame</source>
        <translation>Das Modell braucht {0} ms je Bild</translation>
    </message>
    <message>
        <source>Connecting to the other computer</source>
        <translation>Verbindung mit dem anderen Computer</translation>
    </message>
    <message>
        <source>Verifying the files</source>
        <translation>Dateien werden geprüft</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>Webcam restarting</source>
        <translation>Webcam startet neu</translation>
    </message>
    <message>
        <source>Webcam in use</source>
        <translation>Webcam wird benutzt</translation>
    </message>
    <message>
        <source>Webcam not in use</source>
        <translation>Webcam nicht benutzt</translation>
    </message>
    <message>
        <source>Webcam ready</source>
        <translation>Webcam bereit</translation>
    </message>
    <message>
        <source>Every program finds it: as a device and through PipeWire.</source>
        <translation>Jedes Programm findet sie: als Gerät und über PipeWire.</translation>
    </message>
    <message>
        <source>It is there through PipeWire, without any driver: Flatpak programs and all others that ask the desktop for cameras find it. Zoom, Discord and Chromium look for a device, which the camera driver makes.</source>
        <translation>Sie ist über PipeWire da, ganz ohne Treiber: Flatpak-Programme und alle anderen, die den Desktop nach Kameras fragen, finden sie. Zoom, Discord und Chromium suchen ein Gerät; das stellt der Kameratreiber bereit.</translation>
    </message>
    <message>
        <source>Programs that open camera devices find it. Flatpak programs and browsers that ask the desktop need PipeWire, which is not running.</source>
        <translation>Programme, die Kamerageräte öffnen, finden sie. Flatpak-Programme und Browser, die den Desktop fragen, brauchen PipeWire, das nicht läuft.</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Endet</translation>
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
        <source>{0} would take about {1} ms.</source>
        <translation>{0} bräuchte etwa {1} ms.</translation>
    </message>
    <message>
        <source>{0}; {1}</source>
        <translation>{0}; {1}</translation>
    </message>
    <message>
        <source>Compiling the model</source>
        <translation>Das Modell wird kompiliert</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Finding the fastest way to run the model</source>
        <translation>Der schnellste Weg für das Modell wird gesucht</translation>
    </message>
    <message>
        <source>Collecting the first frames</source>
        <translation>Die ersten Bilder werden gesammelt</translation>
    </message>
    <message>
        <source>Styling the video</source>
        <translation>Das Video wird gestaltet</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird heruntergeladen</translation>
    </message>
    <message>
        <source>Webcam starting</source>
        <translation>Webcam startet</translation>
    </message>
    <message>
        <source>No system webcam</source>
        <translation>Keine System-Webcam</translation>
    </message>
</context>
</TS>
