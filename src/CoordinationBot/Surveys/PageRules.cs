namespace CoordinationBot.Surveys;

/// <summary>How texts stand on pages.</summary>
internal static class PageRules
{
    /// <summary>As many on each as fit, in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Deal(IReadOnlyList<string> texts)
    {
        List<List<string>> pages = [];
        var length = 0;
        foreach (var text in texts)
        {
            if (pages.Count == 0 || pages[^1].Count == SurveyLimits.PageTexts || length + text.Length > SurveyLimits.PageText)
            {
                pages.Add([]);
                length = 0;
            }
            pages[^1].Add(text);
            length += text.Length;
        }
        return pages;
    }
}
