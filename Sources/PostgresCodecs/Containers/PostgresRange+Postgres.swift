public import PostgresProtocol

/// The bits of a range's first byte.
///
/// Source: PostgreSQL 18, `range_send`.
enum RangeFlags {
    static let empty: UInt8 = 0x01
    static let lowerIncluded: UInt8 = 0x02
    static let upperIncluded: UInt8 = 0x04
    static let lowerUnbounded: UInt8 = 0x08
    static let upperUnbounded: UInt8 = 0x10

    /// Reads the byte and checks that its bits agree.
    @_lifetime(reader: copy reader)
    static func decode(_ reader: inout ByteReader) throws(DecodingFault) -> UInt8 {
        let flags = try reader.decode(UInt8.self)
        // An end that is missing cannot belong to the range, and an empty range has none.
        let isSound =
            flags & 0xE0 == 0 && (flags & empty == 0 || flags == empty)
            && !(flags & lowerUnbounded != 0 && flags & lowerIncluded != 0)
            && !(flags & upperUnbounded != 0 && flags & upperIncluded != 0)
        guard isSound else { throw .malformed(.unknownCode(Int(flags), offset: reader.offset - 1)) }
        return flags
    }
}

extension PostgresRange: PostgresEncodableElement where Bound: PostgresEncodable {}
extension PostgresRange: PostgresEncodable where Bound: PostgresEncodable {
    /// The built-in range type of the bounds; unspecified for any other.
    public static var postgresType: PostgresOID { Bound.postgresType.rangeType ?? .unspecified }

    /// Appends the flags and the bounds that exist.
    ///
    /// - Throws: What the bounds throw, and `custom` for bounds in text form or NULL.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard Bound.postgresFormat == .binary else {
            throw .custom("a range needs bounds that have a binary form")
        }
        guard !isEmpty else {
            writer.append(RangeFlags.empty)
            return
        }
        var flags: UInt8 = 0
        switch lower {
        case .unbounded: flags |= RangeFlags.lowerUnbounded
        case .included: flags |= RangeFlags.lowerIncluded
        case .excluded: break
        }
        switch upper {
        case .unbounded: flags |= RangeFlags.upperUnbounded
        case .included: flags |= RangeFlags.upperIncluded
        case .excluded: break
        }
        writer.append(flags)
        for bound in [lower.bound, upper.bound] {
            guard let bound else { continue }
            let start = writer.count
            try bound.encodeField(into: &writer)
            guard writer.integer(at: start) >= 0 else { throw .custom("a bound of a range cannot be NULL") }
        }
    }
}

extension PostgresRange: PostgresDecodableElement where Bound: PostgresDecodable {}
extension PostgresRange: PostgresDecodable where Bound: PostgresDecodable {
    /// Takes ranges of what the bounds take, and range types of users, in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        guard format == .binary, !type.isMultirange else { return false }
        if let bound = type.rangeBoundType { return Bound.accepts(bound, .binary) }
        return type.isUserDefined
    }

    /// Reads the flags and the bounds.
    ///
    /// The bounds of a user's range type are read as the type that the Swift type is sent as.
    ///
    /// - Throws: `malformed` for flags that contradict each other, and what the bounds throw.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        try self.init(reading: &reader, bound: Self.boundType(of: cell.type))
        try reader.finishDecoding()
    }

    static func boundType(of type: PostgresOID) -> PostgresOID {
        if let known = type.rangeBoundType { return known }
        return (Bound.self as? any PostgresEncodable.Type)?.postgresType ?? type
    }

    @_lifetime(reader: copy reader)
    init(reading reader: inout ByteReader, bound type: PostgresOID) throws(DecodingFault) {
        let flags = try RangeFlags.decode(&reader)
        guard flags & RangeFlags.empty == 0 else {
            self = .empty
            return
        }
        var lower = Limit.unbounded
        var upper = Limit.unbounded
        if flags & RangeFlags.lowerUnbounded == 0 {
            let bound = try Self.bound(&reader, type)
            lower = flags & RangeFlags.lowerIncluded != 0 ? .included(bound) : .excluded(bound)
        }
        if flags & RangeFlags.upperUnbounded == 0 {
            let bound = try Self.bound(&reader, type)
            upper = flags & RangeFlags.upperIncluded != 0 ? .included(bound) : .excluded(bound)
        }
        self.init(lower: lower, upper: upper)
    }

    @_lifetime(reader: copy reader)
    private static func bound(
        _ reader: inout ByteReader, _ type: PostgresOID
    ) throws(DecodingFault) -> Bound {
        let length = Int(try reader.decode(Int32.self))
        let bytes = try reader.decodeBytes(count: length)
        return try Bound(cell: PostgresCell(bytes: bytes, type: type))
    }
}

extension Range: PostgresDecodableElement where Bound: PostgresDecodable {}
extension Range: PostgresEncodableElement where Bound: PostgresEncodable {}

/// `1..<5` is sent and read as a range.
extension Range: PostgresEncodable where Bound: PostgresEncodable {
    /// The built-in range type of the bounds; unspecified for any other.
    public static var postgresType: PostgresOID { PostgresRange<Bound>.postgresType }

    /// Appends the range; one without values is the empty range for the server.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        try PostgresRange(self).encode(into: &writer)
    }
}

extension Range: PostgresDecodable where Bound: PostgresDecodable {
    /// Takes what `PostgresRange` takes.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        PostgresRange<Bound>.accepts(type, format)
    }

    /// Reads a half-open range, which is how the server keeps all ranges of whole numbers and days.
    ///
    /// - Throws: `outOfRange` for the empty range, for ranges without an end and for ends of another kind: read a
    ///   `PostgresRange` where they occur.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let range = try PostgresRange<Bound>(cell: cell)
        guard !range.isEmpty, case .included(let lower) = range.lower,
            case .excluded(let upper) = range.upper, lower <= upper
        else { throw .outOfRange }
        self = lower..<upper
    }
}
