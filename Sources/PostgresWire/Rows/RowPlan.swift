internal import PostgresCodecs
internal import PostgresProtocol

/// How the rows of one result become values of a `Decodable` type: which column a property reads is found once.
///
/// It belongs to one decoding at a time.
final class RowPlan {
    let columns: RowColumns
    private let naming: PostgresColumnNaming
    private var indexes: [String: Int] = [:]
    private var storage = RowStorage.empty
    private var row = 0
    private var cells: [Cell] = []

    /// Where a cell lies in the row; its length is negative for NULL.
    private struct Cell {
        let offset: Int
        let length: Int
    }

    init(_ columns: RowColumns, _ naming: PostgresColumnNaming) {
        self.columns = columns
        self.naming = naming
    }

    /// Reads a row as a value.
    func decode<Value: Decodable>(
        _ type: Value.Type, from row: PostgresRow
    ) throws(PostgresError) -> Value {
        begin(row)
        do {
            // A type of its own form is one cell; what it would read from a decoder is another one.
            if columns.count == 1, Value.self is any PostgresDecodable.Type {
                return try value(Value.self, at: 0)
            }
            return try Value(from: RowDecoder(plan: self))
        } catch let error as PostgresError {
            throw error
        } catch {
            throw .row(error, wanted: Value.self)
        }
    }

    private func begin(_ row: PostgresRow) {
        storage = row.storage
        self.row = row.index
        cells.removeAll(keepingCapacity: true)
        // `DataRow.check` has accepted the layout.
        var reader = ByteReader(storage.body(of: self.row))
        _ = try? reader.integer(UInt16.self)
        for _ in 0..<columns.count {
            let length = Int((try? reader.integer(Int32.self)) ?? -1)
            cells.append(Cell(offset: reader.offset, length: length))
            if length > 0 { _ = try? reader.bytes(count: length) }
        }
    }

    /// The column that a property reads; nil if the result has none.
    func column(for key: some CodingKey) -> Int? {
        let name = key.stringValue
        if let known = indexes[name] { return known < 0 ? nil : known }
        let found = columns.index(of: naming.column(for: name)) ?? columns.index(of: name)
        indexes[name] = found ?? -1
        return found
    }

    func existingColumn(for key: some CodingKey) throws(PostgresError) -> Int {
        guard let column = column(for: key) else {
            throw .noColumn(named: naming.column(for: key.stringValue))
        }
        return column
    }

    func isNull(at column: Int) -> Bool { cells[column].length < 0 }

    /// Reads a cell as a type that has a form of its own.
    func cell<Value: PostgresDecodable>(_ type: Value.Type, at column: Int) throws(PostgresError) -> Value {
        let type = try columns.type(at: column, for: Value.self)
        let cell = cells[column]
        let storage = storage
        do throws(DecodingFault) {
            guard cell.length >= 0 else { return try Value.decodeNull() }
            let bytes = storage.body(of: row).extracting(cell.offset..<cell.offset + cell.length)
            return try Value(cell: PostgresCell(bytes: bytes, type: type, format: columns.format))
        } catch {
            throw columns.error(error, at: column, Value.self)
        }
    }

    /// Reads a cell as an integer that is narrower than what PostgreSQL has, or unsigned.
    func integer<Value: FixedWidthInteger>(
        _ type: Value.Type, at column: Int
    ) throws(PostgresError) -> Value {
        guard let value = Value(exactly: try cell(Int64.self, at: column)) else {
            throw columns.error(.outOfRange, at: column, Value.self)
        }
        return value
    }

    /// Reads a cell as any `Decodable` type: by its own form, from JSON, or as one that wraps a single value.
    func value<Value: Decodable>(_ type: Value.Type, at column: Int) throws -> Value {
        let isJSON = columns.types[column] == .json || columns.types[column] == .jsonb
        if let known = Value.self as? any PostgresDecodable.Type {
            let isReadable = known.accepts(columns.types[column], columns.format)
            if isReadable || !isJSON, let value = try cell(known, at: column) as? Value { return value }
        }
        guard isJSON else { return try Value(from: CellDecoder(plan: self, column: column)) }
        if isNull(at: column), let value = Value.self as? any ExpressibleByNilLiteral.Type {
            if let none = value.init(nilLiteral: ()) as? Value { return none }
        }
        let json = try cell(JSONValue.self, at: column)
        do {
            return try json.decode(Value.self)
        } catch {
            throw PostgresError.json(error, columns.column(at: column, Value.self))
        }
    }
}
