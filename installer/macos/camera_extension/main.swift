// The camera "Live2Diff Camera" for macOS 13 and newer. Written, not yet built: see README.md.
//
// Programs read the source stream; the publisher fills the sink stream. Whatever happens to the
// publisher, the source shows a finished frame that is fresh, or the placeholder.

import CoreMediaIO
import Foundation
import Security

private let cameraName = "Live2Diff Camera"
private let width: Int32 = 1280
private let height: Int32 = 720
private let framesPerSecond: Int32 = 30
private let staleAfter: TimeInterval = 0.5
private let publisherIdentifiers = ["io.live2diff.Camera.publisher"]

private let format: CMFormatDescription = {
    var description: CMFormatDescription?
    CMVideoFormatDescriptionCreate(
        allocator: kCFAllocatorDefault, codecType: kCVPixelFormatType_32BGRA, width: width,
        height: height, extensions: nil, formatDescriptionOut: &description)
    return description!
}()

private func streamFormat() -> CMIOExtensionStreamFormat {
    let duration = CMTime(value: 1, timescale: framesPerSecond)
    return CMIOExtensionStreamFormat(
        formatDescription: format, maxFrameDuration: duration, minFrameDuration: duration,
        validFrameDurations: nil)
}

/// Who signed this extension: only programs of the same team may publish.
private let ownTeam: String? = {
    var own: SecCode?
    var ownStatic: SecStaticCode?
    var information: CFDictionary?
    guard SecCodeCopySelf([], &own) == errSecSuccess, let own,
        SecCodeCopyStaticCode(own, [], &ownStatic) == errSecSuccess, let ownStatic,
        SecCodeCopySigningInformation(
            ownStatic, SecCSFlags(rawValue: kSecCSSigningInformation), &information)
            == errSecSuccess
    else { return nil }
    return (information as? [CFString: Any])?[kSecCodeInfoTeamIdentifier] as? String
}()

/// Whether a client is our own publisher: its running code must be validly signed, under its
/// name, by our own team. A name alone proves nothing, because anyone can sign under any name; an
/// extension without a team admits nobody.
private func isPublisher(_ client: CMIOExtensionClient) -> Bool {
    guard let team = ownTeam, let name = client.signingID, publisherIdentifiers.contains(name)
    else { return false }
    let text =
        "anchor apple generic and identifier \"\(name)\" and certificate leaf[subject.OU] = \"\(team)\""
    let guest = [kSecGuestAttributePid: NSNumber(value: client.pid)] as CFDictionary
    var code: SecCode?
    var requirement: SecRequirement?
    guard SecCodeCopyGuestWithAttributes(nil, guest, [], &code) == errSecSuccess, let code,
        SecRequirementCreateWithString(text as CFString, [], &requirement) == errSecSuccess,
        let requirement
    else { return false }
    return SecCodeCheckValidity(code, [], requirement) == errSecSuccess
}

/// One of the device's two streams; it tells the device when somebody starts or stops.
final class CameraStream: NSObject, CMIOExtensionStreamSource {
    private(set) var stream: CMIOExtensionStream!
    private let mayStart: (CMIOExtensionClient) -> Bool
    private let changed: (Bool, CMIOExtensionClient?) -> Void
    private let guardian = NSLock()
    private var client: CMIOExtensionClient?
    private var running = false

    init(
        _ direction: CMIOExtensionStream.Direction, name: String,
        mayStart: @escaping (CMIOExtensionClient) -> Bool,
        changed: @escaping (Bool, CMIOExtensionClient?) -> Void
    ) {
        self.mayStart = mayStart
        self.changed = changed
        super.init()
        stream = CMIOExtensionStream(
            localizedName: name, streamID: UUID(), direction: direction, clockType: .hostTime,
            source: self)
    }

    var formats: [CMIOExtensionStreamFormat] { [streamFormat()] }

    var availableProperties: Set<CMIOExtensionProperty> {
        [.streamActiveFormatIndex, .streamFrameDuration]
    }

    func streamProperties(forProperties properties: Set<CMIOExtensionProperty>) throws
        -> CMIOExtensionStreamProperties
    {
        let answer = CMIOExtensionStreamProperties(dictionary: [:])
        if properties.contains(.streamActiveFormatIndex) { answer.activeFormatIndex = 0 }
        if properties.contains(.streamFrameDuration) {
            answer.frameDuration = CMTime(value: 1, timescale: framesPerSecond)
        }
        return answer
    }

    func setStreamProperties(_ streamProperties: CMIOExtensionStreamProperties) throws {}

    func authorizedToStartStream(for client: CMIOExtensionClient) -> Bool {
        guard mayStart(client) else { return false }
        guardian.lock()
        defer { guardian.unlock() }
        if stream.direction == .sink {
            // the camera has one owner: nobody takes the place of the one that publishes
            if running, let owner = self.client, owner.clientID != client.clientID { return false }
            self.client = client
        }
        return true
    }

    func startStream() throws {
        guardian.lock()
        running = true
        let owner = client
        guardian.unlock()
        changed(true, owner)
    }

    func stopStream() throws {
        guardian.lock()
        (running, client) = (false, nil)
        guardian.unlock()
        changed(false, nil)
    }
}

/// The device: passes the newest frame of the sink on at an even pace.
final class CameraDevice: NSObject, CMIOExtensionDeviceSource {
    private(set) var device: CMIOExtensionDevice!
    private var source: CameraStream!
    private var sink: CameraStream!
    private let queue = DispatchQueue(label: "io.live2diff.camera")
    private var timer: DispatchSourceTimer?
    private var newest: CVPixelBuffer?
    private var arrived = Date.distantPast
    private lazy var placeholder = plainPicture()

    override init() {
        super.init()
        device = CMIOExtensionDevice(
            localizedName: cameraName, deviceID: UUID(), legacyDeviceID: nil, source: self)
        // any program may look at the camera; macOS asks the user whether it may use cameras
        source = CameraStream(.source, name: cameraName, mayStart: { _ in true }) {
            [weak self] on, _ in self?.pace(on)
        }
        sink = CameraStream(.sink, name: "\(cameraName), publisher", mayStart: isPublisher) {
            [weak self] on, client in self?.receive(on ? client : nil)
        }
        try? device.addStream(source.stream)
        try? device.addStream(sink.stream)
    }

    var availableProperties: Set<CMIOExtensionProperty> { [.deviceModel] }

    func deviceProperties(forProperties properties: Set<CMIOExtensionProperty>) throws
        -> CMIOExtensionDeviceProperties
    {
        let answer = CMIOExtensionDeviceProperties(dictionary: [:])
        if properties.contains(.deviceModel) { answer.model = cameraName }
        return answer
    }

    func setDeviceProperties(_ deviceProperties: CMIOExtensionDeviceProperties) throws {}

    private func receive(_ client: CMIOExtensionClient?) {
        guard let client else {
            queue.async { self.newest = nil }
            return
        }
        sink.stream.consumeSampleBuffer(from: client) { [weak self] buffer, number, _, _, error in
            guard let self, error == nil else { return }
            if let buffer, let picture = CMSampleBufferGetImageBuffer(buffer) {
                self.queue.async {
                    self.newest = picture
                    self.arrived = Date()
                }
                let now = CMClockGetTime(CMClockGetHostTimeClock())
                self.sink.stream.notifyScheduledOutputChanged(
                    CMIOExtensionScheduledOutput(
                        sequenceNumber: number, hostTimeInNanoseconds: UInt64(now.seconds * 1e9)))
            }
            self.receive(client)
        }
    }

    private func pace(_ on: Bool) {
        timer?.cancel()
        timer = nil
        guard on else { return }
        let next = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
        next.schedule(deadline: .now(), repeating: 1.0 / Double(framesPerSecond))
        next.setEventHandler { [weak self] in self?.send() }
        next.resume()
        timer = next
    }

    private func send() {
        let fresh = Date().timeIntervalSince(arrived) < staleAfter
        guard let picture = (fresh ? newest : nil) ?? placeholder else { return }
        let now = CMClockGetTime(CMClockGetHostTimeClock())
        var timing = CMSampleTimingInfo(
            duration: CMTime(value: 1, timescale: framesPerSecond), presentationTimeStamp: now,
            decodeTimeStamp: .invalid)
        var buffer: CMSampleBuffer?
        CMSampleBufferCreateReadyWithImageBuffer(
            allocator: kCFAllocatorDefault, imageBuffer: picture, formatDescription: format,
            sampleTiming: &timing, sampleBufferOut: &buffer)
        guard let buffer else { return }
        source.stream.send(
            buffer, discontinuity: [], hostTimeInNanoseconds: UInt64(now.seconds * 1e9))
    }

    private func plainPicture() -> CVPixelBuffer? {
        var picture: CVPixelBuffer?
        let attributes = [kCVPixelBufferIOSurfacePropertiesKey: [:]] as CFDictionary
        CVPixelBufferCreate(
            kCFAllocatorDefault, Int(width), Int(height), kCVPixelFormatType_32BGRA, attributes,
            &picture)
        guard let picture else { return nil }
        CVPixelBufferLockBaseAddress(picture, [])
        memset(
            CVPixelBufferGetBaseAddress(picture), 0x18,
            CVPixelBufferGetBytesPerRow(picture) * Int(height))
        CVPixelBufferUnlockBaseAddress(picture, [])
        return picture
    }
}

/// What the system starts, and asks for the device.
final class CameraProvider: NSObject, CMIOExtensionProviderSource {
    private(set) var provider: CMIOExtensionProvider!
    private let camera = CameraDevice()

    override init() {
        super.init()
        provider = CMIOExtensionProvider(source: self, clientQueue: nil)
        try? provider.addDevice(camera.device)
    }

    func connect(to client: CMIOExtensionClient) throws {}

    func disconnect(from client: CMIOExtensionClient) {}

    var availableProperties: Set<CMIOExtensionProperty> { [.providerManufacturer] }

    func providerProperties(forProperties properties: Set<CMIOExtensionProperty>) throws
        -> CMIOExtensionProviderProperties
    {
        let answer = CMIOExtensionProviderProperties(dictionary: [:])
        if properties.contains(.providerManufacturer) { answer.manufacturer = cameraName }
        return answer
    }

    func setProviderProperties(_ providerProperties: CMIOExtensionProviderProperties) throws {}
}

let provider = CameraProvider()
CMIOExtensionProvider.startService(provider: provider.provider)
CFRunLoopRun()
