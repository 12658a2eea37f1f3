package audit

// The statements, for tests of their plans.
var (
	OfStreamSQL      = ofStreamSQL
	ByActorSQL       = byActorSQL
	ByCorrelationSQL = byCorrelationSQL
	CausesSQL        = causesSQL
	EffectsSQL       = effectsSQL
)
