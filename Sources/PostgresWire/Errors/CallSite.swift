/// A place in the source of the program, as `MyModule/File.swift:12`.
public struct CallSite: Sendable, CustomStringConvertible {
    /// Module and file, as `#fileID` gives them.
    public let file: StaticString
    /// The line, from 1.
    public let line: UInt

    /// Names a place.
    public init(file: StaticString = #fileID, line: UInt = #line) {
        self.file = file
        self.line = line
    }

    /// File and line with a colon between them.
    public var description: String { "\(file):\(line)" }
}
