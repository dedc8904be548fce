import PostgresProtocol
import TestSupport
import Testing

@Suite struct DataRowTests {
    @Test(arguments: [
        ("0000", 0), ("0001 ffffffff", 1), ("0001 00000000", 1), ("0002 00000001 61 ffffffff", 2),
        ("0003 00000004 00000001 ffffffff 00000000", 3),
    ])
    func `a row whose layout is right`(body: String, columns: Int) throws {
        let bytes = hex(body)
        try DataRow.check(bytes.span.bytes, columns: columns)
    }

    @Test(arguments: [
        ("", 0, WireFault.truncated(needed: 2, available: 0, offset: 0)),
        ("00", 0, .truncated(needed: 2, available: 1, offset: 0)),
        ("0000", 1, .lengthOutOfRange(0, offset: 0)),
        ("0001 ffffffff", 2, .lengthOutOfRange(1, offset: 0)),
        ("0003 ffffffff ffffffff ffffffff", 2, .lengthOutOfRange(3, offset: 0)),
        ("ffff ffffffff", 1, .lengthOutOfRange(65_535, offset: 0)),
        ("0001 fffffffe", 1, .lengthOutOfRange(-2, offset: 2)),
        ("0001 80000000", 1, .lengthOutOfRange(-2_147_483_648, offset: 2)),
        ("0001 7fffffff 00", 1, .truncated(needed: 2_147_483_647, available: 1, offset: 6)),
        ("0001 00000002 61", 1, .truncated(needed: 2, available: 1, offset: 6)),
        ("0001 0000", 1, .truncated(needed: 4, available: 2, offset: 2)),
        ("0002 ffffffff", 2, .truncated(needed: 4, available: 0, offset: 6)),
        ("0001 00000001 61 62", 1, .trailingBytes(count: 1, offset: 7)),
        ("0000 00", 0, .trailingBytes(count: 1, offset: 2)),
    ])
    func `a row that lies`(body: String, columns: Int, fault: WireFault) {
        let bytes = hex(body)
        #expect(throws: fault) { try DataRow.check(bytes.span.bytes, columns: columns) }
    }

    @Test func `rows of any bytes are checked without a trap`() {
        var random = SeededGenerator(seed: 41)
        var accepted = 0
        for _ in 0..<20_000 {
            let columns = random.below(4)
            var bytes: [UInt8] = [0, UInt8(columns)]
            for _ in 0..<random.below(24) { bytes.append([0, 0, 0, 1, 255, 4][random.below(6)]) }
            do throws(WireFault) {
                try DataRow.check(bytes.span.bytes, columns: columns)
                accepted += 1
                #expect(Self.walk(bytes) == columns)
            } catch {
                continue
            }
        }
        #expect(accepted > 100)
    }

    /// Walks a row the slow way; nil if lengths and bytes disagree.
    private static func walk(_ bytes: [UInt8]) -> Int? {
        var rest = bytes.dropFirst(2)
        var columns = 0
        while rest.count >= 4 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            columns += 1
            if length == 0xffff_ffff { continue }
            guard rest.count >= length else { return nil }
            rest = rest.dropFirst(length)
        }
        return rest.isEmpty ? columns : nil
    }
}
