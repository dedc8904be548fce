#if CLI
/// The version that the tool reports and workers register with.
enum ProgramVersion {
    static let text = "0.1.0"
}
#endif
