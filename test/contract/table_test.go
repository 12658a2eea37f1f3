package contract_test

import "slices"

// table has a row for every route below /api.
func table() []row {
	return slices.Concat(
		instanceRows(), serverRows(), sessionRows(), peopleRows(), ownRows(), accountRows(), channelRows(),
		videoRows(), uploadRows(), besideRows(), fileRows(), viewerRows(), commentRows(), jobRows(), searchRows(), pluginRows(),
		abuseRows(), laterRows(), moderationRows(),
	)
}
