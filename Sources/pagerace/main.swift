import Foundation
import Tool

exit(Launcher.run(Array(CommandLine.arguments.dropFirst())).rawValue)
