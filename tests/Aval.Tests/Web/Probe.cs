using System.Text.Json;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>A capability that only tests have: one address of every shape, and a command that leaves an entry and nothing else.</summary>
sealed class Probe : ICapability
{
    public static readonly Permission Write = new("probe", Roles.Quality);
    public static readonly ProblemKind Refused = new("probe-refused", 422, "The probe says no", "Ask otherwise.");

    public string Name => "Probe";
    public IReadOnlyList<ProblemKind> Problems => [Refused];

    public void Map(Api api)
    {
        api.Post<ProbeBody, ProbeAnswer>(
            "/probes/{number}", Write, "Probes.", (body, request) => new RecordProbe(request.Route("number"), body.Text),
            (outcome, _) => ProbeAnswer.Of(outcome), problems: [Refused]);
        api.Get<ProbeQueryAnswer>(
            "/probes/{number}", Permissions.Read, "Says what it was asked.",
            query:
            [
                new("asOf", typeof(DateOnly), "a day"), new("most", typeof(int), "a count"), new("kind", typeof(ActorKind), "a word"),
                new("text", typeof(string), "a text"),
            ],
            read: (request, _) => Answer(new ProbeQueryAnswer(
                request.Route("number"), request.Query<DateOnly?>("asOf"), request.Query<int?>("most"), request.Query<ActorKind?>("kind"),
                request.Query<string>("text"))));
        api.Post<IReadOnlyList<ProbeBody>, IReadOnlyList<string>>(
            "/probes/all/list", Write, "Takes a list.", act: (body, _, _) => Answer<IReadOnlyList<string>>([.. body.Select(probe => probe.Text)]));
        api.Post<Nothing, Nothing>("/probes/all/nothing", Write, "Takes nothing.", act: (body, _, _) => Answer(body));
        api.Post<Nothing, Nothing>(
            "/probes/all/fail", Write, "Fails.", act: (_, _, _) => throw new InvalidOperationException("a secret of the machine"));
        api.PostLines<ProbeLine, ProbeAnswer>(
            "/probes/all/lines", Write, "Takes lines.", (line, _) => new RecordProbe(line.Number, line.Text),
            (outcome, _, _) => Answer(ProbeAnswer.Of(outcome)), problems: [Refused]);
        api.PostFile<ProbeFileAnswer>(
            "/probes/all/file", Write, "Takes a file.", ["application/xml", "text/plain"],
            (bytes, _, _) => Answer(new ProbeFileAnswer(bytes.Length)));
        api.Get<ProbeQueryAnswer>("/probe-days/{day}", Permissions.Read, "Takes a day in its address.", (request, _) =>
        {
            var day = request.Route<DateOnly>("day");
            return day.Problem is { } problem
                ? Task.FromResult<Answered<ProbeQueryAnswer>>(problem)
                : Answer(new ProbeQueryAnswer("", day.Value, null, null, null));
        });
    }

    static Task<Answered<T>> Answer<T>(T value) => Task.FromResult(new Answered<T>(value, null));
}

sealed record ProbeBody(string Text);

sealed record ProbeLine(string Number, string Text);

sealed record ProbeFileAnswer(int Bytes);

sealed record ProbeQueryAnswer(string Number, DateOnly? AsOf, int? Most, ActorKind? Kind, string? Text);

sealed record ProbeAnswer(string Root, long Sequence, string Text, bool Repeated)
{
    public static ProbeAnswer Of(Outcome outcome) =>
        new(outcome.Root, outcome.Sequence, JsonSerializer.Deserialize<string>(outcome.Result)!, outcome.Repeated);
}

sealed record RecordProbe(string Number, string Text) : Command
{
    public override string Name => "recordProbe";
    public override Subject Subject => Subject.NewParty(Number);

    public override Problem? Refuse() => Numbers.Refuse("number", Number);

    public override Problem? Decide(Case @case)
    {
        if (Text == "no") return Probe.Refused.With("The text is no.", "text");
        @case.Enrol(Number, @case.Root, above: null);
        @case.Result = JsonSerializer.SerializeToUtf8Bytes(Text);
        return null;
    }
}

public sealed class SqliteProbe : SqliteServer
{
    protected override IReadOnlyList<ICapability> More => [new Probe()];
}

public sealed class PostgresProbe(PostgresCluster cluster) : PostgresServer(cluster)
{
    protected override IReadOnlyList<ICapability> More => [new Probe()];
}
