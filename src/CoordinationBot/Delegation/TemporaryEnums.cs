namespace CoordinationBot.Delegations;

// TEMPORARY: to be dropped when Delegation.cs, which defines these, is merged.
internal enum AuthorizationType { Deterministic, Flexible, Uncertain }

internal enum Evidence { None, Note, Link }
