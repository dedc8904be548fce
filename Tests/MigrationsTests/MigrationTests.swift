import PostgresMigrator
import Testing

@Suite struct MigrationTests {
    @Test func `the checksum is SHA-256 of the template with LF line ends`() {
        let lines = Migration(version: 1, name: "a", sql: "SELECT 1;\nSELECT 2;\n")
        let others = Migration(version: 1, name: "a", sql: "SELECT 1;\r\nSELECT 2;\r\n")
        #expect(
            Migration(version: 1, name: "a", sql: "abc").checksum
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(lines.checksum == others.checksum)
        #expect(lines.checksum != Migration(version: 1, name: "a", sql: "SELECT 1;\nSELECT 2;").checksum)
    }

    @Test func `a label looks like the name of the file`() {
        #expect(Migration(version: 3, name: "workflow", sql: "").label == "0003_workflow")
        #expect(Migration(version: 12345, name: "late", sql: "").label == "12345_late")
    }
}
