/// A small shell process that outlives this one just long enough to stop an ephemeral server and remove its
/// files.
///
/// It waits for the end of a pipe whose other end only this process holds, so it acts however this process
/// ends, by `kill -9` too. The server itself is not its child: whatever was started by then is found by its
/// files.
struct Watchdog: Sendable {
    private let process: ChildProcess
    private let writeEnd: Int32

    /// What is done after the end of the pipe.
    ///
    /// Stop what runs in the folder, remove the folders, and look again for two seconds, since a start may
    /// have been under way. A number in a stale file is believed only if it is our server's.
    private static let script = """
        trap '' HUP INT QUIT TERM
        folder=$1 sockets=$2 control=$3
        shift 3
        last='' quiet=0 round=0
        while read -r word; do last=$word; done
        while [ "$quiet" -lt 8 ] && [ "$round" -lt 100 ]; do
          round=$((round + 1))
          quiet=$((quiet + 1))
          if [ -e "$folder" ] || [ -e "$sockets" ] || [ -e "$folder.password" ]; then
            pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)
            command="/proc/$pid/cmdline"
            if [ -n "$pid" ] && { [ ! -r "$command" ] || grep -qF "$folder" "$command"; }; then
              quiet=0
              "$@" "$control" -D "$folder/data" -m immediate -w -t 10 -s stop </dev/null >/dev/null 2>&1
            fi
            rm -rf "$folder" "$folder.password" "$folder.lock" "$sockets"
          fi
          [ "$last" != stop ] || [ -e "$folder" ] || exit 0
          sleep 0.25 2>/dev/null || sleep 1
        done
        """

    /// Starts the watchdog over two folders that exist; it holds the lock as long as it lives.
    static func start(
        folder: String, socketFolder: String, control: String, account: ServerAccount, lock: Int32
    ) throws(EmbeddedPostgresError) -> Watchdog {
        let (readEnd, writeEnd) = try Descriptors.pipe()
        defer { Descriptors.close(readEnd) }
        let command = ChildCommand(
            path: "/bin/sh",
            arguments: ["-c", script, "orchestrator-postgres-watchdog", folder, socketFolder, control]
                + account.prefix,
            environment: ServerAccount.environment(libraryPath: true), ownSession: true)
        do throws(EmbeddedPostgresError) {
            return Watchdog(
                process: try ChildProcess.spawn(command, input: readEnd, lock: lock), writeEnd: writeEnd)
        } catch {
            Descriptors.close(writeEnd)
            throw error
        }
    }

    /// Lets the watchdog do its work now and waits for it.
    ///
    /// Call it once.
    func finish(deadline: Deadline) {
        // Said in so many words, nothing is under way any more and no second look is needed.
        Descriptors.send("stop\n", to: writeEnd)
        Descriptors.close(writeEnd)
        _ = process.wait(until: deadline)
    }
}
