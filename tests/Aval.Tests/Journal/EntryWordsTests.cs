using System.Text.Json;
using Aval.Journal;

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
}
