/// What a client and a server said to each other: one entry for each message, in the order in which they were seen.
///
/// The text form has one line a message: `>` for the client or `<` for the server, the message's name, and all its
/// bytes in hexadecimal digits. Lines that begin with `#` are remarks.
package struct Transcript: Sendable, Equatable {
    /// Who speaks.
    package enum Speaker: Character, Sendable {
        case client = ">"
        case server = "<"
    }

    /// One message with its type and length.
    package struct Entry: Sendable, Equatable {
        package let speaker: Speaker
        package let name: String
        package let bytes: [UInt8]

        package init(_ speaker: Speaker, name: String, bytes: [UInt8]) {
            self.speaker = speaker
            self.name = name
            self.bytes = bytes
        }
    }

    /// A line that is not what the format asks for.
    package struct Fault: Error, Equatable {
        package let line: Int

        package init(line: Int) { self.line = line }
    }

    /// What it is about, one remark a line.
    package var remarks: [String]
    package var entries: [Entry]

    package init(remarks: [String] = [], entries: [Entry] = []) {
        self.remarks = remarks
        self.entries = entries
    }

    /// Everything that one side said, without gaps.
    package func bytes(of speaker: Speaker) -> [UInt8] {
        entries.filter { $0.speaker == speaker }.flatMap(\.bytes)
    }

    /// The names of what one side said.
    package func names(of speaker: Speaker) -> [String] {
        entries.filter { $0.speaker == speaker }.map(\.name)
    }

    /// Reads a file of `Fixtures/wire`, its name without `.transcript`.
    package static func fixture(_ name: String) throws -> Transcript {
        try Transcript(text: Fixture.text("wire/\(name).transcript"))
    }
}
