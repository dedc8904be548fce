/// One column of a result, as RowDescription announces it.
public struct FieldDescription: Hashable, Sendable {
    /// The column's name.
    public var name: String
    /// The table it comes from, or 0.
    public var tableOID: UInt32
    /// The column's number in that table, or 0.
    public var attributeNumber: Int16
    /// The type's number.
    public var typeOID: UInt32
    /// The type's size, negative if it varies.
    public var typeSize: Int16
    /// The type's modifier, as the length of a varchar; -1 if it has none.
    public var typeModifier: Int32
    /// The format of the values; meaningless in the description of a statement.
    public var format: PostgresFormat

    /// The smallest description on the wire, with an empty name.
    static let minimumBytes = 19

    /// Reads the body of a RowDescription.
    public static func list(rowDescription body: RawSpan) throws(WireFault) -> [FieldDescription] {
        var reader = ByteReader(body)
        let count = Int(try reader.integer(UInt16.self))
        guard count * minimumBytes <= reader.remaining else { throw .lengthOutOfRange(count, offset: 0) }
        var fields: [FieldDescription] = []
        fields.reserveCapacity(count)
        for _ in 0..<count { fields.append(try FieldDescription(&reader)) }
        try reader.finish()
        return fields
    }

    /// Describes a column that comes from no table.
    package init(name: String, typeOID: UInt32, format: PostgresFormat) {
        self.name = name
        tableOID = 0
        attributeNumber = 0
        self.typeOID = typeOID
        typeSize = -1
        typeModifier = -1
        self.format = format
    }

    init(_ reader: inout ByteReader) throws(WireFault) {
        name = try reader.repairedZeroTerminatedString()
        tableOID = try reader.integer()
        attributeNumber = try reader.integer()
        typeOID = try reader.integer()
        typeSize = try reader.integer()
        typeModifier = try reader.integer()
        let offset = reader.offset
        let code = try reader.integer(Int16.self)
        guard let format = PostgresFormat(rawValue: code) else {
            throw .unknownCode(Int(code), offset: offset)
        }
        self.format = format
    }
}
