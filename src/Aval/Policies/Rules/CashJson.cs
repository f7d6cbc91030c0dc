using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>How money is matched, as JSON.</summary>
static class CashJson
{
    const int MostGraceDays = 60;

    static readonly string[] Charges = [.. Enum.GetValues<Charge>().Select(Words.Of)];

    public static CashApplication Read(Fields fields)
    {
        var named = new HashSet<MatchRule>();
        return new CashApplication(
            fields.Amount("tolerance"), fields.Number("tolerancePercent", 100), fields.Whole("discountGraceDays", 0, MostGraceDays), fields.Flag("oldestFirst"),
            fields.Objects("postFrom", entry =>
            {
                var read = new PostFrom(entry.Word<MatchRule>("rule"), entry.Number("confidence", 1));
                return named.Add(read.Rule) ? read : entry.Refuse("rule", $"names {Words.Of(read.Rule)} a second time", read);
            }))
        {
            WriteOffUpTo = fields.AmountOrNull("writeOffUpTo"),
            AllocationOrder = fields.IsGiven("allocationOrder") ? [.. fields.SomeOf("allocationOrder", Charges).Select(Words.Parse<Charge>)] : [],
        };
    }

    public static void Write(Utf8JsonWriter json, CashApplication cash)
    {
        json.WriteStartObject("cashApplication");
        json.WriteNumber("tolerance", cash.Tolerance);
        json.WriteNumber("tolerancePercent", cash.TolerancePercent);
        json.WriteNumber("discountGraceDays", cash.DiscountGraceDays);
        json.WriteBoolean("oldestFirst", cash.OldestFirst);
        if (cash.WriteOffUpTo is { } most) json.WriteNumber("writeOffUpTo", most);
        if (!cash.AllocationOrder.IsEmpty)
        {
            json.WriteStartArray("allocationOrder");
            foreach (var charge in cash.AllocationOrder) json.WriteStringValue(Words.Of(charge));
            json.WriteEndArray();
        }

        json.WriteStartArray("postFrom");
        foreach (var (rule, confidence) in cash.PostFrom)
        {
            json.WriteStartObject();
            json.WriteString("rule", Words.Of(rule));
            json.WriteNumber("confidence", confidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
