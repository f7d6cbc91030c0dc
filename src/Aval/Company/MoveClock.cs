using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Company;

/// <summary>The business date to move to.</summary>
/// <param name="Today">Today's or a later business date.</param>
public sealed record ClockBody(DateOnly Today);

/// <summary>The business date that holds now.</summary>
/// <param name="RootsRun">How many customers or groups had something due.</param>
public sealed record ClockAnswer(DateOnly Today, int RootsRun);

/// <summary>Moves the business date forward. What falls due on the way runs in the order of its dates.</summary>
public sealed record MoveClock(DateOnly To) : Command
{
    internal static void Map(Api api) => api.Post<ClockBody, ClockAnswer>(
        "/clock", Permissions.MoveClock, "Moves the business date forward and runs what is due; only where the server was started with a date.",
        problems: [CompanyProblems.ClockIsReal],
        act: async (body, request, cancel) =>
        {
            if (request.Get<ServerOptions>().Today is null) return CompanyProblems.ClockIsReal.With("This server follows the real date.");
            var moved = await request.SubmitAsync(new MoveClock(body.Today));
            if (moved.Problem is { } problem) return problem;
            var today = (await request.Desk.CompanyAsync(cancel)).Through;
            var run = await request.Get<DueRoots>().RunAsync(today, cancel);
            foreach (var round in request.Get<IEnumerable<IDayRound>>()) await round.RunAsync(cancel);
            return new ClockAnswer(today, run);
        });

    /// <summary>What whoever moves the date leaves for a later run of the same: JSON, without names of people or free text.</summary>
    public byte[]? Mark { get; init; }

    public override string Name => "moveClock";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Decide(Case @case)
    {
        if (To < @case.Today)
            return KernelProblems.FieldInvalid.With($"today must not be before the business date, which is {@case.Today:yyyy-MM-dd}.", "today");
        if (To == @case.Today) return null;
        (@case.Clock, @case.Result) = (To, Mark);
        return null;
    }
}
