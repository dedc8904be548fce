internal import PostgresProtocol

/// Reads the text form of arrays: `{1,NULL,"a \"b\""}`, with or without bounds before it.
///
/// Source: PostgreSQL 18 manual, "Array Input and Output Syntax".
@usableFromInline
enum PostgresArrayText {
    /// Reads the elements of the outermost braces; braces within become the text of an element.
    ///
    /// Nesting costs one call of this function a level, and the levels are those of the Swift type.
    @usableFromInline
    static func read<Element: PostgresDecodableElement>(
        _ cell: borrowing PostgresCell, as type: Element.Type
    ) throws(DecodingFault) -> [Element] {
        let bytes = cell.bytes
        let end = bytes.byteCount
        var position = 0
        if end > 0, byte(bytes, 0) == UInt8(ascii: "[") {
            while position < end, byte(bytes, position) != UInt8(ascii: "=") { position += 1 }
            position += 1
        }
        guard position < end, byte(bytes, position) == UInt8(ascii: "{") else {
            throw PostgresCell.malformedText
        }
        position += 1
        var values: [Element] = []
        var unescaped: [UInt8] = []
        if position == end - 1, byte(bytes, position) == UInt8(ascii: "}") { return values }
        while true {
            let token = try token(bytes, &position, &unescaped)
            if token == .null {
                values.append(try Element.decodePostgresNull())
            } else {
                let part = unescaped.span.bytes
                let element = elementType(of: cell.type, isNested: token == .nested)
                values.append(
                    try Element.decodePostgresText(PostgresCell(bytes: part, type: element, format: .text)))
            }
            guard position < end else { throw PostgresCell.malformedText }
            let next = byte(bytes, position)
            position += 1
            if next == UInt8(ascii: ",") { continue }
            guard next == UInt8(ascii: "}"), position == end else { throw PostgresCell.malformedText }
            return values
        }
    }

    private enum Token {
        case null
        case value
        case nested
    }

    /// Moves the next element's text into `unescaped`.
    private static func token(
        _ bytes: RawSpan, _ position: inout Int, _ unescaped: inout [UInt8]
    ) throws(DecodingFault) -> Token {
        let end = bytes.byteCount
        unescaped.removeAll(keepingCapacity: true)
        guard position < end else { throw PostgresCell.malformedText }
        switch byte(bytes, position) {
        case UInt8(ascii: "\""):
            position += 1
            try quoted(bytes, &position) { unescaped.append($0) }
            return .value
        case UInt8(ascii: "{"):
            try nested(bytes, &position, &unescaped)
            return .nested
        default:
            while position < end {
                let next = byte(bytes, position)
                if next == UInt8(ascii: ",") || next == UInt8(ascii: "}") { break }
                unescaped.append(next)
                position += 1
            }
            guard !unescaped.isEmpty else { throw PostgresCell.malformedText }
            return unescaped == Array("NULL".utf8) ? .null : .value
        }
    }

    /// Steps over a quoted text whose opening quote has been read.
    private static func quoted(
        _ bytes: RawSpan, _ position: inout Int, _ append: (UInt8) -> Void
    ) throws(DecodingFault) {
        let end = bytes.byteCount
        while position < end {
            var next = byte(bytes, position)
            position += 1
            if next == UInt8(ascii: "\"") { return }
            if next == UInt8(ascii: "\\") {
                guard position < end else { break }
                next = byte(bytes, position)
                position += 1
            }
            append(next)
        }
        throw PostgresCell.malformedText
    }

    /// Copies an inner array, braces and quotes included.
    private static func nested(
        _ bytes: RawSpan, _ position: inout Int, _ copy: inout [UInt8]
    ) throws(DecodingFault) {
        let start = position
        var depth = 0
        while position < bytes.byteCount {
            let next = byte(bytes, position)
            position += 1
            switch next {
            case UInt8(ascii: "\""): try quoted(bytes, &position) { _ in }
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            if depth == 0 { break }
        }
        guard depth == 0 else { throw PostgresCell.malformedText }
        for offset in start..<position { copy.append(byte(bytes, offset)) }
    }

    private static func elementType(of type: PostgresOID, isNested: Bool) -> PostgresOID {
        isNested ? type : type.elementType ?? type
    }

    private static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }
}
