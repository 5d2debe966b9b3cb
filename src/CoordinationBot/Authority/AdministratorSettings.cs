using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Authority;

/// <summary>Who the settings name as administrators: by object id, or by mail address for people of the bot's own tenant.</summary>
internal sealed class AdministratorSettings(OfficeOptions office, IOptions<BotOptions> bot, PeopleStore people)
{
    /// <summary>Whether a mail address is among them: whose it is, only the roster says.</summary>
    public bool HasMailAddresses => office.Administrators.Any(entry => entry.Contains('@', StringComparison.Ordinal));

    /// <summary>Those the bot has met, and the entries of the others.</summary>
    public async ValueTask<(IReadOnlyList<Party> Named, IReadOnlyList<string> Unmet)> ReadAsync(string tenant, CancellationToken cancel)
    {
        var (named, unmet) = (new List<Party>(), new List<string>());
        foreach (var entry in office.Administrators)
        {
            if (await FindAsync(tenant, entry.Trim(), cancel) is { } party)
            {
                named.Add(party);
            }
            // What runs the host is no concern of another organisation.
            else if (IsHome(tenant))
            {
                unmet.Add(entry.Trim());
            }
        }
        return (named, unmet);
    }

    private async ValueTask<Party?> FindAsync(string tenant, string entry, CancellationToken cancel)
    {
        if (Guid.TryParse(entry, out var id))
        {
            return await people.FindAsync(tenant, id.ToString(), cancel) is { } person ? new Party(person.ObjectId, person.Name) : null;
        }
        // Another organisation decides over its own mail addresses.
        if (!IsHome(tenant))
        {
            return null;
        }
        var entries = await people.FindByWordAsync(tenant, PeopleStore.Folded(entry), cancel);
        return entries?.Where(known => known.Email is { } mail && PeopleStore.Folded(mail) == PeopleStore.Folded(entry)).ToList() is [var one] ? new Party(one.ObjectId, one.Name) : null;
    }

    /// <summary>The organisation that runs the host.</summary>
    public bool IsHome(string tenant) => tenant.Equals(bot.Value.TenantId, StringComparison.OrdinalIgnoreCase);
}
