// Command empty does nothing: what it weighs is Go itself.
package main

func main() {}
