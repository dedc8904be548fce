import Testing

@Suite struct CodeBlockTests {
    private let article = """
        # Title

        ```swift
        let a = 1

        if a == 1 {
            print(a)
        }
        ```

        ```text
        not Swift
        ```

        ```swift
        let b = 2
        ```
        """

    @Test func `blocks of Swift are found with their places`() {
        let blocks = CodeBlock.all(in: article, article: "A.md")
        #expect(blocks.map(\.line) == [3, 15])
        #expect(blocks.map(\.lines.count) == [5, 1])
        #expect(blocks[0].description == "A.md:3: let a = 1")
    }

    @Test func `a block that nobody closes is a block`() {
        #expect(CodeBlock.all(in: "```swift\nlet a = 1", article: "A.md").map(\.lines) == [["let a = 1"]])
    }

    @Test(arguments: [
        ("    let a = 1\n\n    if a == 1 {\n        print(a)\n    }", true),
        ("let a = 1\n\nif a == 1 {\n    print(a)\n}", true),
        ("    // before\n    let a = 1\n\n    if a == 1 {\n        print(a)\n    }\n    // after", true),
        ("    let a = 1\n\n  if a == 1 {\n        print(a)\n    }", false),
        ("    let a = 1\n    if a == 1 {\n        print(a)\n    }", false),
        ("    let a = 1\n\n    if a == 1 {\n        print(a)", false),
        ("    let a = 2\n\n    if a == 1 {\n        print(a)\n    }", false),
        ("    var xlet a = 1\n\n    if a == 1 {\n        print(a)\n    }", false),
    ])
    func `a block stands in a source if every line does, equally indented`(source: String, stands: Bool) {
        let block = CodeBlock.all(in: article, article: "A.md")[0]
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(block.stands(in: lines) == stands)
    }
}
