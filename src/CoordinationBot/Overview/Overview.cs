using CoordinationBot.Delegations;

namespace CoordinationBot.Overviews;

/// <summary>What an overview shows.</summary>
/// <param name="Summary">All that the person gave.</param>
/// <param name="Late">How many of it are late now.</param>
/// <param name="OrMore">Perhaps more than that.</param>
/// <param name="Filter">What of it is listed.</param>
/// <param name="Page">The lines.</param>
/// <param name="Place">Where in the list they stand.</param>
internal sealed record Overview(IndexSummary Summary, int Late, bool OrMore, OverviewFilter Filter, IndexPage Page, ListPlace Place);
