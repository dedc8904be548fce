internal import PostgresCodecs
internal import PostgresProtocol

/// Walks over the cells of one row; `RowColumns.check` has accepted the types.
struct CellCursor: ~Escapable {
    private var reader: ByteReader
    private let columns: RowColumns
    private var index = 0

    @_lifetime(copy body)
    init(_ body: RawSpan, columns: RowColumns) {
        reader = ByteReader(body)
        self.columns = columns
        _ = try? reader.integer(UInt16.self)
    }

    /// Reads the next cell.
    @_lifetime(self: copy self)
    mutating func next<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(PostgresError)
        -> Value
    {
        let column = index
        index &+= 1
        do {
            return try decode(column)
        } catch {
            throw .decoding(error, column: columns.fields[column].name, index: column, wanted: Value.self)
        }
    }

    /// Reads the next cell as the text that the server would print; nil for NULL.
    @_lifetime(self: copy self)
    mutating func nextText(_ form: PostgresTextForm) throws(PostgresError) -> String? {
        let column = index
        index &+= 1
        do {
            let length = Int(try reader.integer(Int32.self))
            guard length >= 0 else { return nil }
            let bytes = try reader.bytes(count: length)
            let format = columns.format(at: column)
            return try form.text(of: PostgresCell(bytes: bytes, type: columns.types[column], format: format))
        } catch {
            let fault = error as? DecodingFault ?? (error as? WireFault).map { .malformed($0) } ?? .outOfRange
            throw .decoding(fault, column: columns.fields[column].name, index: column, wanted: String.self)
        }
    }

    /// Passes over `count` cells.
    @_lifetime(self: copy self)
    mutating func skip(_ count: Int) {
        for _ in 0..<count {
            let length = (try? reader.integer(Int32.self)) ?? -1
            if length > 0 { _ = try? reader.bytes(count: Int(length)) }
            index &+= 1
        }
    }

    @_lifetime(self: copy self)
    private mutating func decode<Value: PostgresDecodable>(_ column: Int) throws(DecodingFault) -> Value {
        let length: Int32
        do { length = try reader.integer() } catch { throw .malformed(error) }
        guard length >= 0 else { return try Value.decodeNull() }
        do {
            let bytes = try reader.bytes(count: Int(length))
            return try Value(
                cell: PostgresCell(
                    bytes: bytes, type: columns.types[column], format: columns.format(at: column)))
        } catch let fault as WireFault {
            throw .malformed(fault)
        } catch let fault as DecodingFault {
            throw fault
        } catch {
            throw .outOfRange
        }
    }
}
