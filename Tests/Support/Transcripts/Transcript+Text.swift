extension Transcript {
    /// Reads the text form.
    ///
    /// - Throws: `Fault` with the number of the first line that is wrong.
    package init(text: String) throws(Fault) {
        self.init()
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty { continue }
            if line.hasPrefix("#") {
                remarks.append(String(line.dropFirst().drop { $0 == " " }))
                continue
            }
            let words = line.split(separator: " ")
            guard words.count == 3, words[0].count == 1, let mark = words[0].first,
                let speaker = Speaker(rawValue: mark), let bytes = [UInt8](hexadecimal: String(words[2])),
                !bytes.isEmpty
            else { throw Fault(line: index + 1) }
            entries.append(Entry(speaker, name: String(words[1]), bytes: bytes))
        }
    }

    /// The text form, which ends with a line break.
    package var text: String {
        let lines = entries.map { "\($0.speaker.rawValue) \($0.name) \($0.bytes.hexadecimal)" }
        return (remarks.map { "# \($0)" } + lines).joined(separator: "\n") + "\n"
    }
}
