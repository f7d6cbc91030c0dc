using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Promises.Rules;

namespace Aval.Promises;

/// <summary>Our promise of a credit note as answered; amounts in the invoice's currency.</summary>
/// <param name="Kept">What credit notes on the invoice have come to since.</param>
/// <param name="Ended">The day on which it was kept or cancelled; null while it is open.</param>
public sealed record CreditNotePromiseAnswer(
    string Number, string Customer, string Payer, string Invoice, decimal Amount, decimal Kept, Currency Currency, string Reason, OwnerFunction Owner, string? Person,
    DateOnly Made, DateOnly DueBy, CreditNotePromiseStatus Status, DateOnly? Ended)
{
    public static CreditNotePromiseAnswer Of(CreditNotePromise promise) => new(
        promise.Number, promise.Customer, promise.Payer, promise.Invoice, new Money(promise.Amount, promise.Currency).Major,
        new Money(promise.Kept, promise.Currency).Major, promise.Currency, promise.Reason, promise.Owner, promise.Person, promise.Made, promise.DueBy, promise.Status,
        promise.Ended);
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record CreditNotePromisesAnswer(IReadOnlyList<CreditNotePromiseAnswer> Promises, string? Next);

/// <summary>Reads our promises of credit notes: one, and the list, those due first before others.</summary>
static class ReadCreditNotePromises
{
    internal static void Map(Api api)
    {
        api.Get<CreditNotePromiseAnswer>(
            "/credit-note-promises/{number}", PromisePermissions.Read, "Our promise of a credit note, and what was credited since",
            async (request, cancel) => await FindAsync(request, request.Route("number"), cancel) is { } promise
                ? CreditNotePromiseAnswer.Of(promise)
                : PromiseProblems.CreditNotePromiseUnknown.With($"Promise {request.Route("number")} of a credit note is not known.", "number"),
            problems: [PromiseProblems.CreditNotePromiseUnknown]);
        api.Get<CreditNotePromisesAnswer>(
            "/credit-note-promises", PromisePermissions.Read, "Our promises of credit notes, those due first before others",
            async (request, cancel) =>
            {
                var asked = DayPage.Of(request);
                if (asked.Value is not { } page) return asked.Problem!;
                var promises = await PageAsync(request, page, cancel);
                return new CreditNotePromisesAnswer(
                    [.. promises.Take(page.Limit).Select(CreditNotePromiseAnswer.Of)], page.Next(promises, promise => (promise.DueBy, promise.Number)));
            },
            [
                new("status", typeof(CreditNotePromiseStatus), "One status; all when absent."), new("payer", typeof(string), "One payer; all when absent."),
                new("owner", typeof(OwnerFunction), "One owner function; all when absent."), .. DayPage.Fields("promises"),
            ]);
    }

    public static async Task<CreditNotePromise?> FindAsync(ApiRequest request, string number, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return (CreditNotePromise?)await reader.FindAsync(PromisesFacts.CreditTable, PromiseCreditNote.Scope, number, number, cancel);
    }

    static async Task<IReadOnlyList<CreditNotePromise>> PageAsync(ApiRequest request, DayPage page, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var wanted = new List<string> { "to_sequence IS NULL" };
        await using var command = reader.Command("");
        void Only(string column, string? value)
        {
            if (value is null) return;
            wanted.Add($"{column} = @{column}");
            StoreReader.Add(command, column, value);
        }

        Only("payer", request.Query<string>("payer"));
        Only("status", request.Query<CreditNotePromiseStatus?>("status") is { } status ? Words.Of(status) : null);
        Only("owner", request.Query<OwnerFunction?>("owner") is { } owner ? Words.Of(owner) : null);
        if (page.After is var (due, last))
        {
            wanted.Add("(due_by > @due OR (due_by = @due AND number > @number))");
            StoreReader.Add(command, "due", reader.DateParameter(due));
            StoreReader.Add(command, "number", last);
        }

        StoreReader.Add(command, "limit", page.Limit + 1);
        reader.Say(
            command, $"SELECT {PromisesFacts.CreditTable.ColumnList} FROM credit_note_promise WHERE {string.Join(" AND ", wanted)} ORDER BY due_by, number LIMIT @limit");
        return [.. (await reader.RowsAsync(command, PromisesFacts.CreditTable, cancel)).Cast<CreditNotePromise>()];
    }
}
