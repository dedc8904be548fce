/// Finds the words that SQL needs to make something temporary.
enum TemporaryWords {
    private static let words = ["temp", "temporary", "pg_temp"].map { Array($0.utf8) }

    /// Whether one of the words stands in the SQL, be it in a comment or a string.
    static func occur(in sql: String) -> Bool {
        var sql = sql
        return sql.withUTF8 { bytes in
            var start = 0
            for index in 0...bytes.count {
                if index < bytes.count, isPart(bytes[index]) { continue }
                let word = bytes[start..<index]
                if words.contains(where: { matches(word, $0) }) { return true }
                start = index + 1
            }
            return false
        }
    }

    private static func matches(_ word: Slice<UnsafeBufferPointer<UInt8>>, _ wanted: [UInt8]) -> Bool {
        word.count == wanted.count && zip(word, wanted).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Whether a byte can be part of a name.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"): true
        default: byte >= 0x80
        }
    }
}
