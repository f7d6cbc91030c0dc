using System.Text.Json;
using Aval.Journal;
using Aval.Web;

namespace Aval.Tests.Journal;

public sealed class EntryWordsTests
{
    [Theory]
    [InlineData("enterOrder", """{"rows":{"sales_order":[{"number":"SO-1","status":"held"}],"order_check":[{}],"block":[{"id":"b","order":"SO-1","status":"open"}]}}""",
        "Order entered: order SO-1, held; block of SO-1, open")]
    [InlineData("autoRelease", """{"rows":{"block":[{"id":"b","order":"SO-1","status":"closed"}]}}""", "Looked again at what is held: block of SO-1, closed")]
    [InlineData("recordLimit", """{"rows":{"credit_limit":[{"id":"x","customer":"C1"}]}}""", "Limit recorded: limit of C1")]
    [InlineData("putCustomer", """{"rows":{"customer":[{"number":"C1"}],"sales_order":[{"number":"1"},{"number":"2"},{"number":"3"},{"number":"4"}]}}""",
        "Customer entered or changed: customer C1; 4 × order")]
    [InlineData("pressReset", """{"rows":{}}""", "Press reset: ")]
    public void An_entry_is_told_by_its_act_and_the_documents_it_left(string command, string body, string told)
    {
        using var json = JsonDocument.Parse(body);
        Assert.Equal(told, $"{EntryWords.ActOf(command)}: {string.Join("; ", EntryWords.DocumentsOf(json.RootElement))}");
    }

    /// <summary>As the list of entries says it, on a page and in a file.</summary>
    [Theory]
    [InlineData("de", "Entwurf der Richtlinie; Benutzerkonto Ada; Arbeitsposten T-1, erledigt", "mit seinem Konzern umgezogen")]
    [InlineData("fr", "projet de politique; compte d’utilisateur Ada; tâche T-1, fait", "déplacé avec son groupe")]
    public void What_it_left_and_why_are_told_in_the_visitors_language(string language, string documents, string reason)
    {
        var before = Tongue.Current;
        Tongue.Current = Tongue.Of(language)!;
        try
        {
            using var body = JsonDocument.Parse(
                """{"rows":{"policy_draft":[{}],"user_account":[{"name":"Ada"}],"work_item":[{"number":"T-1","status":"done"}],"exception_history":[{}]}}""");
            var entry = new Aval.Kernel.Journal.Entry("C1", 1, default, default, "rule:x", "moveParty", [], [], [], 0);
            var row = new EntryView(entry, "moved", [.. EntryWords.DocumentsOf(body.RootElement)]);
            var told = EntryColumns.All.ToDictionary(column => column.Name, column => column.Value(row));
            Assert.Equal((documents, reason), (told["documents"], told["reason"]));
        }
        finally
        {
            Tongue.Current = before;
        }
    }
}
