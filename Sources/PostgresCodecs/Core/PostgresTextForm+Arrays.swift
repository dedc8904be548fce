internal import PostgresProtocol

/// Arrays: braces around each dimension, quotes around elements that need them, bounds where they do not begin at 1.
///
/// Source: PostgreSQL 18 manual, "Array Input and Output Syntax".
extension PostgresTextForm {
    func arrayText(of cell: borrowing PostgresCell, depth: Int) throws(DecodingFault) -> String {
        var reader = ByteReader(cell.bytes)
        let header = try PostgresArrayHeader(reading: &reader)
        guard header.count > 0 else {
            try reader.finishDecoding()
            return "{}"
        }
        var text = Self.bounds(of: header)
        // An element is a place in the array; a dimension is open while its place is not the last one.
        var places = [Int](repeating: 0, count: header.dimensions)
        text += String(repeating: "{", count: header.dimensions)
        let delimiter = header.elementType == .box ? ";" : ","
        for index in 0..<header.count {
            text += try element(&reader, header.elementType, depth)
            guard index < header.count - 1 else { break }
            text += Self.advance(&places, header, delimiter)
        }
        try reader.finishDecoding()
        return text + String(repeating: "}", count: header.dimensions)
    }

    func vectorText(of cell: borrowing PostgresCell) throws(DecodingFault) -> String {
        var reader = ByteReader(cell.bytes)
        let header = try PostgresArrayHeader(reading: &reader)
        var parts: [String] = []
        for _ in 0..<header.count { parts.append(try element(&reader, header.elementType, 0)) }
        try reader.finishDecoding()
        return parts.joined(separator: " ")
    }

    /// `[0:2]=`, if a dimension does not begin at 1.
    private static func bounds(of header: borrowing PostgresArrayHeader) -> String {
        var text = ""
        var isUsual = true
        for level in 0..<header.dimensions {
            let lower = header.lowerBound(of: level)
            isUsual = isUsual && lower == 1
            text += "[\(lower):\(lower + header.length(of: level) - 1)]"
        }
        return isUsual ? "" : text + "="
    }

    /// Steps to the next element and returns what stands before it.
    private static func advance(
        _ places: inout [Int], _ header: borrowing PostgresArrayHeader, _ delimiter: String
    ) -> String {
        var level = places.count - 1
        while level > 0, places[level] == header.length(of: level) - 1 {
            places[level] = 0
            level -= 1
        }
        places[level] += 1
        let closed = places.count - 1 - level
        return String(repeating: "}", count: closed) + delimiter + String(repeating: "{", count: closed)
    }

    @_lifetime(reader: copy reader)
    private func element(
        _ reader: inout ByteReader, _ type: PostgresOID, _ depth: Int
    ) throws(DecodingFault) -> String {
        let length = Int(try reader.decode(Int32.self))
        guard length != -1 else { return "NULL" }
        let bytes = try reader.decodeBytes(count: length)
        return Self.quoted(try text(of: PostgresCell(bytes: bytes, type: type), depth: depth + 1), type)
    }

    private static func quoted(_ text: String, _ type: PostgresOID) -> String {
        let delimiter = UInt8(ascii: type == .box ? ";" : ",")
        let needsQuotes =
            text.isEmpty || text.utf8.contains { isSpecial($0) || $0 == delimiter }
            || text.utf8.count == 4 && text.lowercased() == "null"
        guard needsQuotes else { return text }
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        case UInt8(ascii: " "), 9...13: true
        default: false
        }
    }
}
