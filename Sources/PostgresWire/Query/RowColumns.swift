public import PostgresCodecs
public import PostgresProtocol

/// The columns of a result, shared by all its rows.
public final class RowColumns: Sendable {
    /// The columns in order.
    public let fields: [FieldDescription]
    @usableFromInline let types: [PostgresOID]
    /// The form of all cells: binary, but text for `script` and in the statement mode `simple`.
    public let format: PostgresFormat
    /// The form of each column where they differ; empty where they do not.
    private let formats: [PostgresFormat]
    private let indexByName: [String: Int]

    /// Describes columns whose cells all have one form, or each the one that `formats` says.
    package init(_ fields: [FieldDescription], format: PostgresFormat, formats: [PostgresFormat] = []) {
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

    /// Checks once per result that each column can be read as the type wanted for it.
    func check<each Column: PostgresDecodable>(
        _ wanted: (repeat each Column).Type
    ) throws(PostgresError) {
        var width = 0
        for _ in repeat (each Column).self { width += 1 }
        try check(count: width)
        var index = 0
        for column in repeat (each Column).self {
            _ = try type(at: index, for: column)
            index += 1
        }
    }

    /// The form of a column's cells.
    @usableFromInline
    package func format(at index: Int) -> PostgresFormat { index < formats.count ? formats[index] : format }

    /// Checks that there are as many columns as are wanted.
    @usableFromInline
    func check(count wanted: Int) throws(PostgresError) {
        guard wanted == count else { throw .columnCount(count, wanted: wanted) }
    }

    /// Checks that there is a column with this number.
    func check(index: Int) throws(PostgresError) {
        guard index >= 0, index < count else { throw .noColumn(at: index, of: count) }
    }

    /// The type of a column that exists, if it can be read as `wanted`.
    @inlinable
    func type<Column: PostgresDecodable>(
        at index: Int, for wanted: Column.Type
    ) throws(PostgresError) -> PostgresOID {
        let type = types[index]
        // Rows are read in one form; a column that came in another one can only be had as text.
        guard Column.accepts(type, format), format(at: index) == format else {
            throw error(.typeMismatch(type, format(at: index)), at: index, Column.self)
        }
        return type
    }

    /// What is to be thrown for a cell of a column.
    @usableFromInline
    @inline(never)
    func error(_ fault: DecodingFault, at index: Int, _ wanted: Any.Type) -> PostgresError {
        .decoding(fault, column(at: index, wanted))
    }

    /// What is to be thrown for a cell of a row, the columns of which were to become these types.
    @usableFromInline
    @inline(never)
    func error(_ fault: DecodingFault, at index: Int, of wanted: [Any.Type]) -> PostgresError {
        error(fault, at: index, index >= 0 && index < wanted.count ? wanted[index] : Any.self)
    }

    /// A column as an error names it.
    func column(at index: Int, _ wanted: Any.Type) -> PostgresError.Column {
        let isKnown = index >= 0 && index < count
        return PostgresError.Column(
            name: isKnown ? fields[index].name : "", index: index,
            type: isKnown ? types[index] : .unspecified, format: format, wantedType: "\(wanted)")
    }

    static let none = RowColumns([], format: .binary)
}
