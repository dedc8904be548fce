/// Reads generated tables: records of numbers in base 36, apart by spaces, each ended by a semicolon.
enum UnicodeTableReader {
    static func records(_ table: StaticString) -> [[UInt32]] {
        table.withUTF8Buffer { bytes in
            var records: [[UInt32]] = []
            var record: [UInt32] = []
            var number: UInt32 = 0
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    number = number &* 36 &+ UInt32(byte - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "z"):
                    number = number &* 36 &+ UInt32(byte - UInt8(ascii: "a")) + 10
                default:
                    record.append(number)
                    number = 0
                    guard byte == UInt8(ascii: ";") else { continue }
                    records.append(record)
                    record = []
                }
            }
            return records
        }
    }
}
