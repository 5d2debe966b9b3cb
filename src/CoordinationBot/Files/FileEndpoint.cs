using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Files;

/// <summary>Serves the file of a link.</summary>
internal sealed class FileEndpoint(FileStore store, IEnumerable<FileKind> kinds, TimeProvider clock)
{
    private const string Path = "/exports/";
    private const string Gone = "This link does not work any more. Please ask the bot for a new one.";
    private const string NotNow = "The file cannot be read just now. Please try again in a minute.";

    private readonly Dictionary<string, FileKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Below the host's address.</summary>
    public static string Address(string token) => Path + token;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path + "{token}", static context => context.RequestServices.GetRequiredService<FileEndpoint>().ServeAsync((string)context.GetRouteValue("token")!, context));

    private async Task ServeAsync(string token, HttpContext context)
    {
        var (response, cancel, now) = (context.Response, context.RequestAborted, clock.GetUtcNow());
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        ServedFile? file;
        try
        {
            file = await store.FindAsync(token, now, cancel) is { } request && _kinds.TryGetValue(request.Kind, out var kind) ? await kind.OpenAsync(request, now, cancel) : null;
        }
        catch (StorageException)
        {
            await SayAsync(response, StatusCodes.Status503ServiceUnavailable, NotNow, cancel);
            return;
        }
        if (file is null)
        {
            await SayAsync(response, StatusCodes.Status404NotFound, Gone, cancel);
            return;
        }
        response.ContentType = file.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        // What fails from here on breaks the download off, so that nobody takes a part for the whole.
        await foreach (var part in file.Parts.WithCancellation(cancel))
        {
            await response.Body.WriteAsync(part, cancel);
        }
    }

    private static async Task SayAsync(HttpResponse response, int status, string sentence, CancellationToken cancel)
    {
        (response.StatusCode, response.ContentType) = (status, "text/plain; charset=utf-8");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(sentence), cancel);
    }
}
