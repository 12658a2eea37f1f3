// Package config reads the configuration: built-in defaults, PeerTube's YAML files and environment in the order of
// node-config, files named on the command line, flags.
//
// It imports nothing of Vidilog. Read load.go first; the keys are in config.go and sections_*.go, their defaults in
// defaults.yaml, PeerTube's constants in constants.go.
package config
