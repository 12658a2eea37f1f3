package main

import "vidilog/domain/kernel"

// startup is who makes users in the made log; theInstance is the stream of its first start.
var (
	startup     = kernel.System("startup")
	theInstance = kernel.TheInstance.Stream()
)
