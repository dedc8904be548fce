import PostgresProtocol
import PostgresWire

/// Data of a binary COPY: the same rows and the same verdict wherever the data are cut.
enum CopyBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let columns = input.byte() % 5
        let cut = input.byte()
        let data = input.rest
        let middle = min(cut, data.count)
        let whole = verdict([data], columns)
        let halves = verdict([Array(data[..<middle]), Array(data[middle...])], columns)
        guard whole == halves else { return "cut at \(middle): \(halves), whole: \(whole)" }
        return nil
    }

    private enum Verdict: Equatable {
        case rows(Int, bytes: Int)
        case fault(CopyFault)
    }

    private static func verdict(_ pieces: [[UInt8]], _ columns: Int) -> Verdict {
        var reader = CopyRowReader(columns: columns)
        let storage = RowStorage(capacity: 64)
        do throws(CopyFault) {
            for piece in pieces { try reader.received(piece.span.bytes, into: storage) }
            try reader.finish()
        } catch {
            return .fault(error)
        }
        return .rows(reader.rowCount, bytes: storage.byteCount)
    }
}
