import ArgumentParser
import GRDB

@main struct Switchlist: ParsableCommand { func run() throws { print("hi") } }
