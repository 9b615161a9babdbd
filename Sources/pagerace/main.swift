#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import Tool

exit(Launcher.run(Array(CommandLine.arguments.dropFirst())).rawValue)
