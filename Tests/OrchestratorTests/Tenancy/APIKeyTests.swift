import Orchestrator
import Testing

@Suite struct APIKeyTests {
    @Test func `K1 a hash is SHA-256 in 64 lower-case digits`() {
        #expect(
            APIKey("").hash == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            APIKey("abc").hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
        #expect(
            APIKey(two).hash == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(APIKey("a").hash == APIKey("a").hash)
        #expect(APIKey("a").hash != APIKey("b").hash)
    }

    @Test func `K2 keys begin with their prefix and never repeat`() {
        let key = APIKey.generate()
        #expect(key.text.hasPrefix("cyc_sk_"))
        #expect(key.text.utf8.count == 39)
        #expect(APIKey.generate(prefix: "x").text.hasPrefix("x_"))
        let keys = Set((0..<1000).map { _ in APIKey.generate().text })
        #expect(keys.count == 1000)
        let letters = Set(keys.joined().utf8)
        #expect(letters.count == 64)
        #expect(
            letters.isSubset(of: Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
        )
    }

    @Test func `a key shows itself nowhere`() {
        let key = APIKey("cyc_sk_visible")
        var text = "\(key) \(String(reflecting: key)) \([key])"
        dump(key, to: &text)
        #expect(!text.contains("visible"))
    }

    @Test func `hashes are equal only if every digit is`() {
        #expect(APIKey.areEqual("abc", "abc"))
        #expect(!APIKey.areEqual("abc", "abd"))
        #expect(!APIKey.areEqual("abc", "ab"))
        #expect(!APIKey.areEqual("xbc", "abc"))
        #expect(APIKey.areEqual("", ""))
    }
}
