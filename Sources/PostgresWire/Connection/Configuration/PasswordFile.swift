/// A file of passwords: lines `host:port:database:user:password`, where `*` stands for anything.
///
/// Source: PostgreSQL 18 manual, "The Password File".
package struct PasswordFile {
    private let lines: [[UInt8]]

    package init(_ text: [UInt8]) {
        lines = text.split(separator: UInt8(ascii: "\n")).map { line in
            Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    /// The password of the first line that fits; nil if none does.
    package func password(host: String, port: Int, database: String, user: String) -> String? {
        let wanted = [host, String(port), database, user].map { Array($0.utf8) }
        for line in lines where line.first != UInt8(ascii: "#") {
            if let password = Self.password(in: line[...], for: wanted) {
                return String(validating: password, as: UTF8.self)
            }
        }
        return nil
    }

    private static func password(in line: ArraySlice<UInt8>, for wanted: [[UInt8]]) -> [UInt8]? {
        var rest = line
        for text in wanted {
            guard let (field, isAny) = takeField(&rest), isAny || field == text else { return nil }
        }
        return unescaped(rest, isLast: true).text
    }

    /// The field up to the next colon, and whether it is a bare `*`; nil if there is no colon.
    private static func takeField(_ rest: inout ArraySlice<UInt8>) -> (text: [UInt8], isAny: Bool)? {
        let (text, end) = unescaped(rest, isLast: false)
        guard end < rest.endIndex else { return nil }
        let isAny = rest[rest.startIndex..<end].elementsEqual([UInt8(ascii: "*")])
        rest = rest[(end + 1)...]
        return (text, isAny)
    }

    /// Takes backslashes away; a field ends at a bare colon, the last one at the end of the line.
    private static func unescaped(_ line: ArraySlice<UInt8>, isLast: Bool) -> (text: [UInt8], end: Int) {
        var text: [UInt8] = []
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == UInt8(ascii: ":"), !isLast { break }
            if line[index] == UInt8(ascii: "\\"), index + 1 < line.endIndex { index += 1 }
            text.append(line[index])
            index += 1
        }
        return (text, index)
    }
}
