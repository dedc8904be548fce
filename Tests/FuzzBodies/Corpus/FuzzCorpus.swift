package import FoundationEssentials

/// The kept inputs of a target: one file of lines in hexadecimal digits.
package enum FuzzCorpus {
    /// The inputs in `NAME.hex` of a folder; none if there is no such file.
    package static func inputs(of target: FuzzTarget, in folder: URL) throws -> [[UInt8]] {
        let file = folder.appending(path: "\(target.name).hex")
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map(bytes)
    }

    /// Keeps the inputs, the short ones first.
    package static func write(_ inputs: [[UInt8]], of target: FuzzTarget, in folder: URL) throws {
        let lines = Set(inputs.map(hexadecimal)).sorted { ($0.count, $0) < ($1.count, $1) }
        let text = lines.map { $0 + "\n" }.joined()
        try Data(text.utf8).write(to: folder.appending(path: "\(target.name).hex"))
    }

    /// The digits of an input, `-` for the empty one.
    package static func hexadecimal(_ input: [UInt8]) -> String {
        if input.isEmpty { return "-" }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: input.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private struct NotHexadecimal: Error {}

    private static func bytes(_ line: Substring) throws -> [UInt8] {
        if line == "-" { return [] }
        let digits = try line.map { digit in
            guard let value = digit.hexDigitValue else { throw NotHexadecimal() }
            return UInt8(value)
        }
        guard digits.count % 2 == 0 else { throw NotHexadecimal() }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
