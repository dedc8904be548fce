/// One thing that goes wrong between a client and its server, for `FaultProxy`.
///
/// Messages have the names of the manual, as `DataRow`; see `MessageSplitter`. Where a fault counts bytes or messages,
/// it counts those of one side of one connection, the login included. On an encrypted connection only faults that
/// count bytes happen, since no message can be told.
package struct Fault: Sendable {
    enum Kind: Sendable {
        case delay(Duration, jitter: Duration)
        case split(Int)
        case coalesce(Duration)
        case cut(FaultMoment, FaultEnding)
        case silence(FaultMoment, FaultReach)
        case stall(FaultMoment, Duration)
        case halfClose(FaultMoment)
        case length(String, Int, UInt32)
        case flip(Int, UInt8)
        case insert([UInt8], FaultMoment)
        case duplicate(String, Int)
        case drop(String, Int)
        case swap(String, Int)
        case encryption([UInt8], closes: Bool)
    }

    let kind: Kind
    /// Whose words suffer.
    let speaker: Transcript.Speaker
    /// The numbers of the connections that suffer, from 0; nil for all.
    var connections: ClosedRange<Int>?

    private init(_ kind: Kind, _ speaker: Transcript.Speaker) {
        self.kind = kind
        self.speaker = speaker
    }

    /// The same on some connections only.
    package func on(connections: ClosedRange<Int>) -> Fault {
        var copy = self
        copy.connections = connections
        return copy
    }

    /// Everything comes later, by up to `jitter` more.
    package static func delay(
        _ time: Duration, jitter: Duration = .zero, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.delay(time, jitter: jitter), speaker) }

    /// Everything comes in pieces of at most `bytes`.
    package static func split(into bytes: Int, of speaker: Transcript.Speaker = .server) -> Fault {
        Fault(.split(max(1, bytes)), speaker)
    }

    /// What comes within `window` arrives in one piece.
    package static func coalesce(_ window: Duration, of speaker: Transcript.Speaker = .server) -> Fault {
        Fault(.coalesce(window), speaker)
    }

    /// Both connections end.
    package static func cut(
        _ moment: FaultMoment, _ ending: FaultEnding, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.cut(moment, ending), speaker) }

    /// Nothing comes through any more and the connections stay open.
    package static func blackhole(
        _ moment: FaultMoment, _ reach: FaultReach = .network, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.silence(moment, reach), speaker) }

    /// One pause.
    package static func stall(
        _ moment: FaultMoment, for time: Duration, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.stall(moment, time), speaker) }

    /// This side ends its direction; the other direction stays open.
    package static func halfClose(_ moment: FaultMoment, of speaker: Transcript.Speaker = .server) -> Fault {
        Fault(.halfClose(moment), speaker)
    }

    /// The length word of the k-th message of this name lies.
    package static func length(
        _ value: UInt32, of name: String, _ number: Int = 1, by speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.length(name, number, value), speaker) }

    /// The bits of `mask` in the byte at `offset` are flipped.
    package static func flip(
        byte offset: Int, mask: UInt8 = 1, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.flip(offset, mask), speaker) }

    /// Bytes come from nowhere.
    package static func insert(
        _ bytes: [UInt8], _ moment: FaultMoment, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.insert(bytes, moment), speaker) }

    /// The k-th message of this name comes twice.
    package static func duplicate(
        _ name: String, _ number: Int = 1, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.duplicate(name, number), speaker) }

    /// The k-th message of this name is lost.
    package static func drop(
        _ name: String, _ number: Int = 1, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.drop(name, number), speaker) }

    /// The k-th message of this name comes behind the one that follows it.
    package static func swap(
        _ name: String, _ number: Int = 1, of speaker: Transcript.Speaker = .server
    ) -> Fault { Fault(.swap(name, number), speaker) }

    /// The request for TLS is answered with "no".
    package static let stripEncryption = Fault(.encryption([0x4e], closes: false), .server)

    /// The request for TLS is answered with "yes" and more bytes at once (CVE-2021-23222).
    package static func injectBeforeEncryption(_ bytes: [UInt8]) -> Fault {
        Fault(.encryption([0x53] + bytes, closes: false), .server)
    }

    /// The request for TLS is answered with an ErrorResponse, whose text nobody has vouched for.
    package static let errorBeforeEncryption = Fault(
        .encryption(
            hex("45 00000022 53464154414c00 43323830303000 4d7072652d61757468207465787400 00"), closes: true),
        .server)

    /// The request for TLS is answered with a byte that means nothing.
    package static let garbageBeforeEncryption = Fault(.encryption([0], closes: true), .server)
}
