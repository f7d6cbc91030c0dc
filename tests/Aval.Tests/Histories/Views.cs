using System.Text.Json;
using Aval.Checks;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Parties.Rules;

namespace Aval.Tests.Histories;

/// <summary>What readers are answered about every order and every payer, as text.</summary>
static class Views
{
    /// <summary>Where an answer is recorded is left out: before it is, nobody can know.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(Shop shop, IEnumerable<string> orders)
    {
        var lines = new List<string>();
        foreach (var number in orders.Distinct(StringComparer.Ordinal))
            if (await GetOrder.FindAsync(new SeenDesk(shop.Desk, shop.Store, Actor.Rule("look")), shop.Store, number, CancellationToken.None) is { } found)
                lines.Add(JsonSerializer.Serialize(OrderAnswer.Of(found, Language.English) with { Journal = null }, Json.Options));
        var now = await shop.PictureAsync();
        foreach (var root in now.Roots)
            foreach (var payer in Cast.Everybody.Where(number => root.Find<Customer>(number) is not null))
            {
                lines.Add($"{payer} {JsonSerializer.Serialize(ExposureFigures.Of(GetExposure.Seen(root, now.Company, payer, now.Today)), Json.Options)}");
                lines.AddRange(ExposureOf.Rows(root, payer, now.Company.Get<Aval.Policies.PoliciesFacts>().Current.Policy.Netting, now.Today).Select(row => $"{payer} {row}"));
            }

        return lines;
    }
}
