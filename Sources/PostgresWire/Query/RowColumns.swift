public import PostgresCodecs
public import PostgresProtocol

/// The columns of a result, shared by all its rows.
public final class RowColumns: Sendable {
    /// The columns in order.
    public let fields: [FieldDescription]
    let types: [PostgresOID]
    /// The form of all cells: binary, but text for `script` and in the statement mode `simple`.
    public let format: PostgresFormat
    /// The form of each column where they differ; empty where they do not.
    private let formats: [PostgresFormat]
    private let indexByName: [String: Int]

    /// Describes columns whose cells all have one form, or each the one that `formats` says.
    init(_ fields: [FieldDescription], format: PostgresFormat, formats: [PostgresFormat] = []) {
        self.fields = fields
        types = fields.map { PostgresOID(rawValue: $0.typeOID) }
        self.format = format
        self.formats = formats
        indexByName = Dictionary(
            fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many columns there are.
    public var count: Int { fields.count }

    /// The place of the first column with this name.
    public func index(of name: String) -> Int? { indexByName[name] }

    /// The type of a column.
    public func type(at index: Int) -> PostgresOID { types[index] }

    /// The same columns for cells in binary form.
    var inBinary: RowColumns { format == .binary ? self : RowColumns(fields, format: .binary) }

    /// The form of a column's cells.
    package func format(at index: Int) -> PostgresFormat { index < formats.count ? formats[index] : format }

    /// Checks once per result that each column can be read as the type wanted for it.
    func check<each Column: PostgresDecodable>(
        _ wanted: (repeat each Column).Type
    ) throws(PostgresError) {
        var width = 0
        for _ in repeat (each Column).self { width += 1 }
        guard width == count else { throw .columnCount(count, wanted: width) }
        var index = 0
        for column in repeat (each Column).self {
            try check(column, at: index)
            index += 1
        }
    }

    /// Checks that a column can be read as `wanted`.
    func check<Column: PostgresDecodable>(_ wanted: Column.Type, at index: Int) throws(PostgresError) {
        let format = format(at: index)
        guard Column.accepts(types[index], format) else {
            let fault = DecodingFault.typeMismatch(types[index], format)
            throw .decoding(fault, column: fields[index].name, index: index, wanted: Column.self)
        }
    }

    static let none = RowColumns([], format: .binary)
}
