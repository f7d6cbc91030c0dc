using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Persons;

/// <summary>What is kept about a person: told when they ask, erased when they may ask for it, and erased by itself when its time is over.</summary>
public sealed class PersonsCapability : ICapability
{
    public string Name => "Persons";
    public IReadOnlyList<ProblemKind> Problems => [ErasePerson.InUse];

    public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound, Retention>();

    public void Map(Api api)
    {
        ExportPerson.Map(api);
        ErasePerson.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ShowPersons.MapPages(pages);
}
