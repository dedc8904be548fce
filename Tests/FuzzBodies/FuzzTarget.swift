/// A part of the product that takes bytes from outside, to be run on any bytes at all.
package struct FuzzTarget: Sendable {
    /// The name of its folder of inputs.
    package let name: String
    /// Takes an input; says what is wrong with what became of it, or nil.
    package let complaint: @Sendable ([UInt8]) -> String?

    /// Every target.
    package static let all = [
        FuzzTarget(name: "session") { SessionBody.complaint($0) },
        FuzzTarget(name: "startup") { StartupBody.complaint($0) },
        FuzzTarget(name: "messages") { MessageBody.complaint($0) },
        FuzzTarget(name: "values") { ValueBody.complaint($0) },
        FuzzTarget(name: "rows") { RowBody.complaint($0) },
        FuzzTarget(name: "texts") { TextFormBody.complaint($0) },
        FuzzTarget(name: "connection") { ConnectionStringBody.complaint($0) },
        FuzzTarget(name: "files") { ConnectionFileBody.complaint($0) },
        FuzzTarget(name: "copy") { CopyBody.complaint($0) },
        FuzzTarget(name: "trace") { TraceBody.complaint($0) },
        FuzzTarget(name: "json") { JSONBody.complaint($0) },
        FuzzTarget(name: "hydration") { HydrationBody.complaint($0) },
        FuzzTarget(name: "conditions") { ConditionBody.complaint($0) },
    ]
}

extension FuzzTarget: CustomStringConvertible {
    /// The name.
    package var description: String { name }
}
