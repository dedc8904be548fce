#if !CLI
/// Stands in when the package is built without the trait `CLI`.
@main
enum WithoutCLI {
    static func main() {
        print(
            "orchestrator was built without its command line: build it with the package trait CLI (the default)."
        )
    }
}
#endif
