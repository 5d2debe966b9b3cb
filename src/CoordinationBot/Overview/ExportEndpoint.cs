using System.Globalization;
using System.Text;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;

namespace CoordinationBot.Overviews;

/// <summary>Serves the file of a link, page by page as it is read: nothing grows with its length.</summary>
internal sealed class ExportEndpoint(ExportStore store, DelegationIndex index, TimeProvider clock)
{
    private const string Path = "/exports/";
    private const string Gone = "This link does not work any more. Please ask the bot for a new one: type export.";
    private const int PageLength = 500;

    /// <summary>Below the host's address.</summary>
    public static string Address(string token) => Path + token;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path + "{token}", static (string token, HttpContext context) => context.RequestServices.GetRequiredService<ExportEndpoint>().ServeAsync(token, context));

    private async Task ServeAsync(string token, HttpContext context)
    {
        var (response, cancel, now) = (context.Response, context.RequestAborted, clock.GetUtcNow());
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        (string Tenant, string ObjectId, Export Export)? found;
        try
        {
            found = await store.FindAsync(token, now, cancel);
        }
        catch (StorageException)
        {
            await SayAsync(response, StatusCodes.Status503ServiceUnavailable, "The file cannot be read just now. Please try again in a minute.", cancel);
            return;
        }
        if (found is not var (tenant, objectId, export))
        {
            await SayAsync(response, StatusCodes.Status404NotFound, Gone, cancel);
            return;
        }
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"overview-{now:yyyy-MM-dd}.csv\"");
        // What fails from here on breaks the download off, so that nobody takes a part for the whole.
        await response.Body.WriteAsync(ExportLines.Head(), cancel);
        foreach (var filter in export.Filter.View == OverviewView.Open ? [export.Filter, export.Filter with { View = OverviewView.Ended }] : (OverviewFilter[])[export.Filter])
        {
            var (list, last) = filter.Range(now);
            string? after = null;
            do
            {
                var page = await index.PageAsync(tenant, objectId, list, after, PageLength, cancel, filter.Wanted(now), last);
                await response.Body.WriteAsync(ExportLines.Of(page.Entries, now), cancel);
                after = page.Next;
            }
            while (after is not null);
        }
    }

    private static async Task SayAsync(HttpResponse response, int status, string sentence, CancellationToken cancel)
    {
        (response.StatusCode, response.ContentType) = (status, "text/plain; charset=utf-8");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(sentence), cancel);
    }
}
