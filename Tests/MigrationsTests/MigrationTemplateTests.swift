import PostgresMigrator
import Testing

@Suite struct MigrationTemplateTests {
    @Test func `known placeholders are replaced, identifiers quoted`() {
        let template = MigrationTemplate("CREATE TABLE {{schema}}.t (v vector({{size}}))")
        let sql = template.rendered(["schema": .identifier("we\"ird"), "size": .integer(384)])
        #expect(sql == "CREATE TABLE \"we\"\"ird\".t (v vector(384))")
        #expect(template.names == ["schema", "size"])
    }

    @Test(arguments: [
        "SELECT '{{1,2},{3,4}}'::int[]", "SELECT '{{unknown}}'", "{{", "{{}}", "{{schema", "{{schema}",
        "{{Schema}}", "",
    ])
    func `everything else stays as it is`(sql: String) {
        #expect(MigrationTemplate(sql).rendered(["schema": .identifier("x")]) == sql)
    }

    @Test func `a placeholder behind a stray brace is still found`() {
        #expect(MigrationTemplate("{{{{size}}}}").rendered(["size": .integer(7)]) == "{{7}}")
    }

    @Test func `a default renders like a number`() {
        #expect(MigrationTemplate("{{size}}").rendered(["size": .defaultInteger(-3)]) == "-3")
    }
}
